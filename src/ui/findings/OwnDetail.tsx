import type { FindingId } from '../../domain/findings/finding.ts'
import { useApp } from '../appContext.ts'
import { MarkScan } from '../parts/MarkScan.tsx'
import { toNextStep } from '../text/ownText.ts'
import styles from './findings.module.css'

/** Of a row of the reader's own: how this scan is marked, and what the row rests on. */
export function OwnDetail({ id }: { readonly id: FindingId }) {
  const item = useApp(({ own }) => own.findings.find((one) => one.id === id) ?? null)
  const mark = useApp(({ desk }) => item?.marks[desk.readId ?? ''] ?? null)
  if (!item) return null
  return (
    <div className={styles.ownDetail} data-testid={`own-detail-${id}`}>
      <MarkScan id={id} label={item.label} mark={mark} />
      <p className={styles.ownNote}>{toNextStep(item)}</p>
    </div>
  )
}
