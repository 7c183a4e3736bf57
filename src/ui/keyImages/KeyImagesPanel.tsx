import { IconFileZip, IconPhotoPlus } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { SaveReport } from '../parts/SaveReport.tsx'
import { KeyImageEntry } from './KeyImageEntry.tsx'
import styles from './keyImages.module.css'
import { ReportedKeyImages } from './ReportedKeyImages.tsx'

/** What was marked as telling in the study, under its findings; nothing while there is nothing to show. */
export function KeyImagesPanel() {
  const { items, unreadableCount } = useRead((study) => study.keyImages)
  const objects = useRead((study) => study.measures.reports).filter(({ images }) => images.length > 0)
  if (items.length + unreadableCount + objects.length === 0) return null
  return (
    <section className={styles.panel} aria-label="Key images" data-testid="key-images">
      <header className={styles.head}>
        <h2>Key images</h2>
        <span className={styles.count}>{items.length}</span>
        <CommandIcon command="keyImage.mark" size="sm">
          <IconPhotoPlus size="0.875rem" />
        </CommandIcon>
        <CommandIcon command="keyImage.pictures" size="sm" data-testid="save-key-pictures">
          <IconFileZip size="0.875rem" />
        </CommandIcon>
        <SaveReport command="keyImage.object" name="key object selection" testId="save-key-object" />
      </header>
      <div className={styles.scroll}>
        <ul className={styles.list}>
          {items.map((item, n) => (
            <KeyImageEntry key={item.id} item={item} number={n + 1} />
          ))}
        </ul>
        {objects.map((report) => (
          <ReportedKeyImages key={report.id} report={report} />
        ))}
      </div>
      {unreadableCount > 0 && (
        <p className={styles.note}>{unreadableCount} more of another version of VoxCT, kept as they are.</p>
      )}
    </section>
  )
}
