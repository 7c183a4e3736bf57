import type { ReactNode } from 'react'
import styles from './region.module.css'

interface RegionProps {
  readonly title: string
  readonly testId: string
  /** In place of the title where it is one of several panels. */
  readonly tabs?: ReactNode
  /** Beside the title: counts, a switch, small buttons. */
  readonly aside?: ReactNode
  /** Stays in place above the scrolling body. */
  readonly head?: ReactNode
  /** Stays in place below it. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** A titled panel: only its body scrolls. */
export function Region({ title, testId, tabs, aside, head, foot, children }: RegionProps) {
  return (
    <section className={styles.region} aria-label={title} data-testid={testId}>
      <header className={styles.header}>
        {tabs ?? <h2 className={styles.title}>{title}</h2>}
        {aside}
      </header>
      {head}
      <div className={styles.body}>{children}</div>
      {foot}
    </section>
  )
}
