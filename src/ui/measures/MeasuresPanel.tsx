import { IconArrowBackUp, IconArrowForwardUp, IconCopy } from '@tabler/icons-react'
import type { PlacedReport } from '../../domain/report/placeReport.ts'
import { useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { SaveReport } from '../parts/SaveReport.tsx'
import { MeasureEntry } from './MeasureEntry.tsx'
import styles from './measures.module.css'
import { ReportedMeasures } from './ReportedMeasures.tsx'

/** Else it names images alone. */
const isOfMeasures = ({ groups, images }: PlacedReport): boolean => groups.length > 0 || images.length === 0

/** What was measured in the study, under its findings; nothing while there is nothing to show or to bring back. */
export function MeasuresPanel() {
  const items = useRead((study) => study.measures.items)
  const isThere = useRead(
    ({ measures, history: { undo, redo } }) =>
      measures.items.length > 0 ||
      measures.reports.some(isOfMeasures) ||
      [undo, redo].some((last) => last?.kind === 'measure'),
  )
  const reports = useRead((study) => study.measures.reports).filter(isOfMeasures)
  const unreadable = useRead((study) => study.measures.unreadableCount)
  if (!isThere && unreadable === 0) return null
  return (
    <section className={styles.panel} aria-label="Measures" data-testid="measures">
      <header className={styles.head}>
        <h2>Measures</h2>
        <span className={styles.count}>{items.length}</span>
        <CommandIcon command="speak.undo" size="sm">
          <IconArrowBackUp size="0.875rem" />
        </CommandIcon>
        <CommandIcon command="measure.redo" size="sm">
          <IconArrowForwardUp size="0.875rem" />
        </CommandIcon>
        <CommandIcon command="measure.copy" size="sm">
          <IconCopy size="0.875rem" />
        </CommandIcon>
        <SaveReport command="measure.report" name="structured report" testId="save-report" />
      </header>
      <div className={styles.list}>
        <ul className={styles.sublist}>
          {items.map((item) => (
            <MeasureEntry key={item.measure.id} item={item} />
          ))}
        </ul>
        {reports.map((report) => (
          <ReportedMeasures key={report.id} report={report} />
        ))}
      </div>
      {unreadable > 0 && (
        <p className={styles.note}>{unreadable} more of another version of VoxCT, kept as they are.</p>
      )}
    </section>
  )
}
