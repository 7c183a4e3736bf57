import { Modal } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useApp, useAppContext, useDialogs } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { AddCase } from './AddCase.tsx'
import { LibraryEntry } from './LibraryEntry.tsx'
import styles from './library.module.css'
import { RemoteLibraries } from './RemoteLibraries.tsx'

/** What lies here that is not searched. */
function Elsewhere() {
  const { elsewhere, unreadableCount } = useApp((state) => state.ownLibraries)
  return (
    <>
      {elsewhere.map(({ title, packTitle, count }) => (
        <p key={`${title} ${packTitle}`} className={styles.note}>
          {`${title} (${count}) belongs to ${packTitle} and waits for that model: the embeddings of one model mean nothing to another.`}
        </p>
      ))}
      {unreadableCount > 0 && (
        <p className={styles.note}>
          {`${unreadableCount} kept by another version of VoxCT cannot be read and stay as they are.`}
        </p>
      )}
    </>
  )
}

function Foot() {
  const undo = useApp((state) => state.ownLibraries.undo)
  return (
    <div className={styles.foot}>
      <CommandButton command="library.import" size="xs">
        Import
      </CommandButton>
      <span className={styles.space} />
      {undo !== null && (
        <>
          <span className={styles.note} role="status">
            {undo}
          </span>
          <CommandButton
            command="library.undo"
            size="compact-xs"
            leftSection={<IconArrowBackUp size="0.875rem" />}
            data-testid="library-undo"
          >
            Undo
          </CommandButton>
        </>
      )}
    </div>
  )
}

/** Libraries of the reader's own: the scan that is read is added, cases and libraries are removed, exported and imported. */
export function LibrarySheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'libraries')
  const libraries = useApp((state) => state.ownLibraries.libraries)
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      title="Libraries of yours"
      size="46rem"
      data-testid="library-sheet"
    >
      <p className={styles.note}>
        Cases that you add are listed among those that are alike. Embedding, what you marked and said, and a small
        picture are kept in this browser; the scan itself is not, and no name unless you type it.
      </p>
      <AddCase />
      <ul className={styles.list} aria-label="Libraries of yours">
        {libraries.map((one) => (
          <LibraryEntry key={one.title} {...one} />
        ))}
      </ul>
      <Elsewhere />
      <RemoteLibraries />
      <Foot />
    </Modal>
  )
}
