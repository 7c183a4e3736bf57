import { Kbd, Modal } from '@mantine/core'
import { isMac } from '../../commands/keys/isMac.ts'
import { workingKeysOf } from '../../commands/keys/keymap.ts'
import { toKeyText } from '../../commands/keys/showKeys.ts'
import { toExamples } from '../../commands/spoken.ts'
import { ENTRIES, findEntry, groupEntries } from '../../commands/table.ts'
import { useApp, useAppContext, useDialogs } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import { useCommand } from '../parts/useCommand.ts'
import styles from './help.module.css'
import { POINTER_HELP, toReadingSteps } from './helpText.ts'
import { KeyRow } from './KeyRow.tsx'
import { Sayable } from './Sayable.tsx'

function HowTo() {
  const keys = useApp((state) => state.keys)
  const keyOf = (id: string, without: string) => {
    const [name] = workingKeysOf(findEntry(id), keys)
    return name === undefined ? without : toKeyText(name, isMac())
  }
  return (
    <section>
      <h3 className={styles.groupTitle}>How to read with it</h3>
      <ol className={styles.steps}>
        {toReadingSteps(keyOf).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}

/** The entries of the table that have a key which works, under their headings. */
function KeyGroups() {
  const keys = useApp((state) => state.keys)
  const bound = ENTRIES.filter((entry) => workingKeysOf(entry, keys).length > 0)
  return groupEntries(bound).map(({ group, entries }) => (
    <section key={group} className={styles.group}>
      <h3 className={styles.groupTitle}>{group}</h3>
      <dl className={styles.keys}>
        {entries.map((entry) => (
          <KeyRow
            key={entry.id}
            ways={workingKeysOf(entry, keys).map((name) => <KeyCaps key={name} name={name} />)}
            label={entry.title}
            said={toExamples(entry.command)[0]}
          />
        ))}
      </dl>
    </section>
  ))
}

/** Ways on from the sheet: everything by its name, and other keys. */
function KeyTools() {
  const areOff = useApp((state) => !state.keys.singleCharacters)
  const palette = useCommand('palette.open')
  return (
    <div className={styles.tools}>
      <CommandButton command="palette.open" size="xs">
        {palette.tip}
      </CommandButton>
      <CommandButton command="keys.sheet" size="xs" data-testid="change-keys" />
      {areOff && <span className={styles.note}>Single letters, digits and signs are switched off as keys.</span>}
    </div>
  )
}

function PointerGroup() {
  return (
    <section className={styles.group}>
      <h3 className={styles.groupTitle}>Mouse and fingers on a view</h3>
      <dl className={styles.keys}>
        {POINTER_HELP.map(({ shown, label }) => (
          <KeyRow
            key={label}
            ways={shown.map((part) => (
              <Kbd key={part} size="xs">
                {part}
              </Kbd>
            ))}
            label={label}
          />
        ))}
      </dl>
    </section>
  )
}

/** All keys, what the mouse does, and how to. */
export function HelpSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'help')
  const isSaid = useDialogs((state) => state.part === 'said')
  if (isSaid)
    return (
      <Modal opened={isOpen} onClose={() => dialogs.show(null)} title="What can be said now" size="62rem">
        <Sayable />
      </Modal>
    )
  return (
    <Modal opened={isOpen} onClose={() => dialogs.show(null)} title="Keys and how to" size="62rem">
      <HowTo />
      <KeyTools />
      <div className={styles.groups}>
        <KeyGroups />
        <PointerGroup />
      </div>
    </Modal>
  )
}
