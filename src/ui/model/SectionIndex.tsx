import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { RefObject } from 'react'
import styles from './model.module.css'
import type { ModelSection, SectionId } from './modelSections.ts'

interface SectionIndexProps {
  readonly sections: readonly ModelSection[]
  /** The section in sight. */
  readonly current: SectionId | null
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly scroller: RefObject<HTMLElement | null>
}

/** Scrolls to a section and hands it the keyboard. */
export function goToSection(scroller: HTMLElement | null, id: SectionId): void {
  const section = scroller?.querySelector<HTMLElement>(`[data-section="${id}"]`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector('h3')?.focus({ preventScroll: true })
}

/** Headings and figures by search, and the way to each heading. */
export function SectionIndex({ sections, current, query, onQuery, scroller }: SectionIndexProps) {
  return (
    <nav className={styles.index} aria-label="Sections of the model page">
      <label className={styles.search}>
        <IconSearch size="0.875rem" />
        <input
          type="search"
          placeholder="Search"
          aria-label="Search the model page"
          data-testid="model-search"
          data-autofocus
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
        />
      </label>
      <ul>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <UnstyledButton
              className={styles.indexEntry}
              aria-current={id === current ? 'true' : undefined}
              onClick={() => goToSection(scroller.current, id)}
            >
              {title}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </nav>
  )
}
