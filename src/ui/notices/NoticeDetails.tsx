import { Button, CopyButton } from '@mantine/core'
import { useId, useState } from 'react'
import { type NoticeGroup, toLines, toListText } from './noticeGroups.ts'
import styles from './notices.module.css'

/** All that a kind of notices is about, folded away, with a copy for whoever exported the files. */
export function NoticeDetails({ group }: { readonly group: NoticeGroup }) {
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  const { notices } = group
  const fileCount = notices.reduce((sum, { told }) => sum + (told.files?.length ?? 0), 0)
  const what = notices.length > 1 ? `all ${notices.length} of this kind` : `all ${fileCount} files`
  return (
    <>
      <div className={styles.buttons}>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={isOpen}
          aria-controls={listId}
          data-testid="notice-details"
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide the list' : `Show ${what}`}
        </Button>
        <CopyButton value={toListText(group)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" data-testid="notice-copy" onClick={copy}>
              <span aria-live="polite">{copied ? 'Copied' : 'Copy the list'}</span>
            </Button>
          )}
        </CopyButton>
      </div>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard
        <ul id={listId} className={styles.lines} tabIndex={0} aria-label="Files and reasons">
          {[...new Set(toLines(group))].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  )
}
