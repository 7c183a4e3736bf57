import { IconAlertTriangle, IconCircle, IconCircleCheck, IconCircleDashed, IconPencil } from '@tabler/icons-react'
import type { ReportStatus } from '../../domain/dictatedReport/reportStatus.ts'
import styles from './studies.module.css'

const WORDS: Readonly<Record<ReportStatus, string>> = {
  unread: 'Unread',
  dictated: 'Not signed',
  signed: 'Signed',
  amended: 'Changed since signed',
}

export const toStatusWord = (status: ReportStatus): string => WORDS[status]

const ICONS = { unread: IconCircle, dictated: IconPencil, signed: IconCircleCheck, amended: IconAlertTriangle }

/** How a report stands; the words beside it say the same. */
export function StatusIcon({ status, isAside }: { readonly status: ReportStatus; readonly isAside: boolean }) {
  const Icon = isAside ? IconCircleDashed : ICONS[status]
  return (
    <Icon className={styles.status} data-status={isAside ? 'aside' : status} size="1rem" stroke={1.8} aria-hidden />
  )
}
