import { useApp } from '../appContext.ts'
import { AddingCard } from '../model/AddingCard.tsx'
import { NoticeCard } from './NoticeCard.tsx'
import styles from './notices.module.css'

/** Notices in the corner, the newest below a model that is being added. */
export function NoticeList() {
  const notices = useApp((state) => state.notices)
  return (
    <div className={styles.list}>
      <AddingCard />
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}
