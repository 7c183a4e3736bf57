import { IconHistory, IconMinus, IconPlus, IconQuestionMark } from '@tabler/icons-react'
import type { Status } from '../../domain/statements/statement.ts'

/** How a status is drawn. */
export const STATUS_SIGNS = {
  present: IconPlus,
  absent: IconMinus,
  uncertain: IconQuestionMark,
  resolved: IconHistory,
} as const

/** In the order in which they are offered. */
export const STATUSES: readonly Status[] = ['present', 'absent', 'uncertain', 'resolved']

/** "present" → "Present", as menus name it. */
export const toTitle = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
