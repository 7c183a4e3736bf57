import { IconChevronDown, IconChevronUp, IconCircleChevronsRight } from '@tabler/icons-react'
import { countWork } from '../../domain/study/workList.ts'
import { selectWorkList } from '../../state/workListSelectors.ts'
import { useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import styles from './studies.module.css'
import { WorkEntry } from './WorkEntry.tsx'

const ICON = { size: '1rem', stroke: 1.8 } as const

/** Studies of this visit with the state of their reports, how many are left, and the way from one to the next. */
export function WorkList() {
  const list = useApp(selectWorkList)
  const isStorageLasting = useApp((state) => state.desk.isStorageLasting)
  if (list.length === 0) return null
  const { left, all } = countWork(list)
  return (
    <div className={styles.section} data-testid="work-list">
      <div className={styles.workHead}>
        <div>
          <h3 className={styles.sectionTitle}>{all > 1 ? 'Work list' : 'This visit'}</h3>
          {all > 1 && (
            <p className={styles.workCount} role="status" data-testid="work-left">
              {left === 0 ? `All ${all} signed` : `${left} of ${all} left`}
            </p>
          )}
        </div>
        {all > 1 && (
          <>
            <CommandIcon command="studies.previous">
              <IconChevronUp {...ICON} />
            </CommandIcon>
            <CommandIcon command="studies.next">
              <IconChevronDown {...ICON} />
            </CommandIcon>
            <CommandIcon command="studies.unread">
              <IconCircleChevronsRight {...ICON} />
            </CommandIcon>
          </>
        )}
      </div>
      <ul className={`${styles.list} ${styles.workEntries}`}>
        {list.map((entry, n) => (
          <WorkEntry key={entry.id} entry={entry} number={n + 1} />
        ))}
      </ul>
      {isStorageLasting === false && (
        <p className={`${styles.dropHint} ${styles.passing}`} data-testid="storage-passing">
          The browser may clear what is kept here when the disk is nearly full: export what must not be lost.
        </p>
      )}
    </div>
  )
}
