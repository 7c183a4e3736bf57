import { Modal } from '@mantine/core'
import { useAppContext, useDialogs } from '../appContext.ts'
import { SHORTCUTS, type Shortcut, type ShortcutGroup } from '../shortcuts.ts'
import styles from './help.module.css'
import { POINTER_HELP, READING_STEPS } from './helpText.ts'
import { KeyRow } from './KeyRow.tsx'

const GROUPS: readonly ShortcutGroup[] = ['Speak', 'Scroll and view', 'Findings and cases', 'Window', 'Open and panels']

const shortcutsOf = (group: ShortcutGroup): Shortcut[] => SHORTCUTS.filter((shortcut) => shortcut.group === group)

function HowTo() {
  return (
    <section>
      <h3 className={styles.groupTitle}>How to read with it</h3>
      <ol className={styles.steps}>
        {READING_STEPS.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}

/** All keys, what the mouse does, and how to. */
export function HelpSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'help')
  return (
    <Modal opened={isOpen} onClose={() => dialogs.show(null)} title="Keys and how to" size="62rem">
      <HowTo />
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.groupTitle}>{group}</h3>
            <dl className={styles.keys}>
              {shortcutsOf(group).map(({ shown, label }) => (
                <KeyRow key={label} shown={shown} label={label} />
              ))}
            </dl>
          </section>
        ))}
        <section className={styles.group}>
          <h3 className={styles.groupTitle}>Mouse and fingers on a view</h3>
          <dl className={styles.keys}>
            {POINTER_HELP.map(({ shown, label }) => (
              <KeyRow key={label} shown={shown} label={label} />
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  )
}
