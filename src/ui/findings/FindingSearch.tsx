import { ActionIcon, Tooltip } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import styles from './findings.module.css'

interface SearchButtonProps {
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Opens the field above the rows, and closes it with what was typed. */
export function SearchButton({ isOpen, onToggle }: SearchButtonProps) {
  const label = isOpen ? 'Close the search' : 'Find a finding by its name'
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-expanded={isOpen}
        data-testid="finding-search-toggle"
        onClick={onToggle}
      >
        <IconSearch size="1rem" stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

/** One function for all renders: the field takes the focus when it appears, and not again. */
const focus = (field: HTMLInputElement | null) => field?.focus()

interface SearchFieldProps {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onClose: () => void
}

/** Keeps the rows whose label or synonyms have every word that is typed. */
export function SearchField({ text, onChange, onClose }: SearchFieldProps) {
  return (
    <search className={styles.search}>
      <input
        ref={focus}
        className={styles.searchField}
        type="text"
        aria-label="Finding’s name"
        placeholder="Name or another word for it"
        data-testid="finding-search"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          onClose()
        }}
      />
    </search>
  )
}
