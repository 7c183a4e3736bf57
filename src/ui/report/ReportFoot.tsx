import type { ReportStatus } from '../../domain/dictatedReport/reportStatus.ts'
import { findSignature, selectReportStatus } from '../../state/reportSelectors.ts'
import { useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './report.module.css'

const formatTime = (ms: number): string =>
  new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })

function toStatusText(status: ReportStatus, signedAtMs: number | null): string {
  const when = signedAtMs === null ? '' : formatTime(signedAtMs)
  if (status === 'signed') return `Signed ${when}`
  if (status === 'amended') return `Changed since it was signed ${when}`
  return status === 'dictated' ? 'Not signed' : 'Nothing dictated'
}

/** Whether it is signed, and the way to it. */
export function ReportFoot() {
  const status = useRead(selectReportStatus)
  const signedAtMs = useRead((study) => findSignature(study)?.createdAtMs ?? null)
  return (
    <div className={styles.foot} data-testid="report-foot" data-status={status}>
      <span className={styles.status} role="status">
        {toStatusText(status, signedAtMs)}
      </span>
      <CommandButton command="report.check" size="compact-sm" data-testid="check-report">
        Check
      </CommandButton>
      {status === 'signed' ? (
        <CommandButton command="report.unsign" size="compact-sm">
          Take off
        </CommandButton>
      ) : (
        <CommandButton command="report.sign" size="compact-sm" data-testid="sign-report">
          {status === 'amended' ? 'Sign again' : 'Sign'}
        </CommandButton>
      )}
    </div>
  )
}
