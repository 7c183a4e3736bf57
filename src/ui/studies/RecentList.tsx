import { UnstyledButton } from '@mantine/core'
import { useActions, useApp } from '../appContext.ts'
import styles from './studies.module.css'

/** Studies of this visit; they open again without being dropped again. */
export function RecentList() {
  const recent = useApp((state) => state.study.recent)
  const currentId = useApp((state) => state.study.current?.id ?? null)
  const actions = useActions()
  if (recent.length === 0) return null
  return (
    <div className={styles.section}>
      <h3 className={styles.sectionTitle}>This visit</h3>
      <ul className={styles.list}>
        {recent.map(({ id, title, subtitle }) => (
          <li key={id}>
            <UnstyledButton
              className={styles.entry}
              aria-current={id === currentId}
              data-testid={`recent-${id}`}
              onClick={() => actions.reopenStudy(id)}
            >
              <span className={styles.entryTitle}>{title}</span>
              <span className={styles.entryText}>{subtitle}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
