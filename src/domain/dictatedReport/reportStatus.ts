/** Unread: nothing stands in it. Amended: it is not any more as it was signed. */
export const REPORT_STATUSES = ['unread', 'dictated', 'signed', 'amended'] as const
export type ReportStatus = (typeof REPORT_STATUSES)[number]

/** There are words that nobody has put a name under. */
export const isUnsigned = (status: ReportStatus): boolean => status === 'dictated' || status === 'amended'

/** The state of several reports of one examination: what still asks for something comes before what is done. */
const BY_NEED: readonly ReportStatus[] = ['amended', 'dictated', 'signed', 'unread']
export const joinStatuses = (statuses: readonly ReportStatus[]): ReportStatus =>
  BY_NEED.find((status) => statuses.includes(status)) ?? 'unread'
