import type { Notice } from '../../state/appState.ts'

/** Notices of one kind, oldest first. */
export interface NoticeGroup {
  readonly code: string
  /** The gravest of them. */
  readonly severity: Notice['severity']
  readonly notices: readonly Notice[]
}

const SEVERITIES = ['info', 'warning', 'error'] as const

/** By kind, the kind that was told last comes last. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, Notice[]>()
  for (const notice of notices) {
    const { code } = notice.told
    const group = groups.get(code) ?? []
    groups.delete(code)
    groups.set(code, [...group, notice])
  }
  return [...groups].map(([code, group]) => ({ code, severity: toGravest(group), notices: group }))
}

const toGravest = (notices: readonly Notice[]): Notice['severity'] =>
  SEVERITIES[Math.max(...notices.map(({ severity }) => SEVERITIES.indexOf(severity)))]

/** What a group has to say beyond its last sentence: every file, and every sentence where there are several. */
export function toLines({ notices }: NoticeGroup): string[] {
  if (notices.length === 1) return [...(notices[0].told.files ?? [])]
  return notices.flatMap(({ told }) => [told.message, ...(told.files ?? [])])
}

/** The list for a ticket or a mail: sentences with their next steps, and all files. */
export function toListText({ notices }: NoticeGroup): string {
  return notices.map(({ told }) => [`${told.message} ${told.nextStep}`, ...(told.files ?? [])].join('\n')).join('\n\n')
}
