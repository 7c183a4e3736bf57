import { useApp } from '../appContext.ts'
import { NoticeCard } from './NoticeCard.tsx'
import styles from './notices.module.css'

/** Notices in the corner, the newest below. */
export function NoticeList() {
  const notices = useApp((state) => state.notices)
  return (
    <div className={styles.list}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}
