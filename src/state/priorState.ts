import type { StudyRole } from '../domain/layout/layout.ts'
import type { ComparedStudy } from '../domain/study/comparisons.ts'
import type { PriorLink } from '../domain/study/priorLink.ts'
import type { Progress } from './progress.ts'

/** Another study beside the one being read, to be compared with. */
export interface PriorBeside extends PriorLink, Pick<ComparedStudy, 'kinship' | 'order' | 'days' | 'date'> {
  /** Of the series it was opened from (`Comparable`). */
  readonly id: string
  /** Of its registration, while that is under way. */
  readonly progress: Progress | null
  /** The study that does not show the place which the other one was brought to. */
  readonly outside: StudyRole | null
  /** Why it could not be registered. */
  readonly problem: string | null
}
