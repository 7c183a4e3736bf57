import { Modal } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { selectPackTitle } from '../../state/selectors.ts'
import { useApp, useAppContext, useDialogs } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { AddOwn } from './AddOwn.tsx'
import { OwnEntry } from './OwnEntry.tsx'
import styles from './own.module.css'

/** What lies here that is not listed. */
function Elsewhere() {
  const { elsewhere, unreadableCount } = useApp((state) => state.own)
  return (
    <>
      {elsewhere.map(({ packTitle, count }) => (
        <p key={packTitle} className={styles.note}>
          {`${count} ${count === 1 ? 'finding belongs' : 'findings belong'} to ${packTitle} and ${count === 1 ? 'waits' : 'wait'} for that model: the embeddings of one model mean nothing to another.`}
        </p>
      ))}
      {unreadableCount > 0 && (
        <p
          className={styles.note}
        >{`${unreadableCount} kept by another version of VoxCT cannot be read and stay as they are.`}</p>
      )}
    </>
  )
}

/** Takes the last change back, here and wherever else the reader's own findings are changed. */
function OwnUndo() {
  const undo = useApp((state) => state.own.undo)
  if (undo === null) return null
  return (
    <span className={styles.undo} role="status">
      <span className={styles.undoText}>{undo}</span>
      <CommandButton
        command="own.undo"
        size="compact-xs"
        leftSection={<IconArrowBackUp size="0.875rem" />}
        data-testid="own-undo"
      >
        Undo
      </CommandButton>
    </span>
  )
}

function Foot() {
  return (
    <div className={styles.foot}>
      <CommandButton command="own.export" size="xs" data-testid="own-export">
        Export all
      </CommandButton>
      <CommandButton command="own.import" size="xs" data-testid="own-import">
        Import
      </CommandButton>
      <span className={styles.space} />
      <OwnUndo />
    </div>
  )
}

/** Findings that the reader teaches by example or asks for by words. */
export function OwnSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'own')
  const findings = useApp((state) => state.own.findings)
  const title = useApp(selectPackTitle)
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      title="Findings of yours"
      size="46rem"
      data-testid="own-sheet"
    >
      <p className={styles.intro}>
        {`Mark scans that show a finding and scans that do not: from five of each on it is a row of its own, learnt on this device from the embeddings of ${title || 'the model'}. Nothing leaves this browser.`}
      </p>
      <AddOwn />
      {findings.length > 0 && (
        <ul className={styles.list} aria-label="Findings of yours">
          {findings.map((item) => (
            <OwnEntry key={item.id} item={item} />
          ))}
        </ul>
      )}
      <Elsewhere />
      <Foot />
    </Modal>
  )
}
