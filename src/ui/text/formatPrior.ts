import type { StudyRole } from '../../domain/layout/layout.ts'
import type { ComparedStudy } from '../../domain/study/comparisons.ts'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import type { AppState, PriorBeside } from '../../state/appState.ts'
import { selectLayout } from '../../state/layoutSelectors.ts'
import { selectRead } from '../../state/selectors.ts'

/** "214 days before", "same day", null where a date is not told. */
export function formatInterval(days: number | null): string | null {
  if (days === null) return null
  if (days === 0) return 'same day'
  const count = Math.abs(days)
  return `${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'before' : 'after'}`
}

type Related = Pick<ComparedStudy, 'kinship' | 'order' | 'days' | 'date'>

/** What another study is to the one being read. */
export function toKind({ kinship, order }: Related): string {
  if (kinship !== 'same') return 'Comparison'
  return { earlier: 'Prior', later: 'Later study', undated: 'Same patient' }[order]
}

/** What a reader must know before the two are compared; null where both are of one patient. */
export const toWarning = ({ kinship }: Related): string | null =>
  ({ same: null, unknown: 'not known to be the same patient', other: 'another patient by its headers' })[kinship]

/** "Prior · 12 Mar 2024 · 214 days before"; the date is the patient's and is hidden with the identity. */
export function formatRelated(related: Related, isIdentityShown: boolean): string {
  const date = isIdentityShown ? formatStudyDate(related.date) : null
  return [toKind(related), toWarning(related), date, formatInterval(related.days)].filter(Boolean).join(' · ')
}

/** How both are tied, as a pane says it. */
export function formatLock({ lock, offsetMm, registration }: PriorBeside, isLinked: boolean): string {
  if (lock === 'registered' && registration)
    return `registered by the lungs · overlap ${Math.floor(100 * registration.overlap)} %`
  if (lock === 'offset' && offsetMm)
    return `locked by an offset · ${Math.abs(offsetMm[2]).toFixed(1)} mm along the body`
  return isLinked ? 'scrolls by lung height' : 'each scrolls by itself'
}

/** The same for a bar that has little room. */
export function formatLockShort(prior: PriorBeside, isLinked: boolean): string {
  const { lock, offsetMm, registration, progress, problem } = prior
  if (progress)
    return progress.fraction === null ? 'registering …' : `registering ${Math.round(100 * progress.fraction)} %`
  if (lock === 'registered' && registration) return `registered · ${Math.floor(100 * registration.overlap)} %`
  if (lock === 'offset' && offsetMm) return `offset ${Math.abs(offsetMm[2]).toFixed(1)} mm`
  if (problem !== null) return 'not registered'
  return isLinked ? 'by lung height' : 'unlocked'
}

/** How both are tied, as the first pane of the study beside says it; null elsewhere. */
export function selectPaneLock(state: AppState, paneId: string): string | null {
  const { desk, view } = state
  if (!desk.prior || selectLayout(state).panes.find(({ study }) => study === 'comparison')?.id !== paneId) return null
  const now = formatLock(desk.prior, view.isScrollLinked)
  return desk.prior.problem !== null && desk.prior.lock !== 'registered' ? `not registered · ${now}` : now
}

/** The pane's study does not reach to the place that the other one shows. */
export const selectIsOutside = ({ desk }: AppState, role: StudyRole): boolean => desk.prior?.outside === role

/** What stands in a pane beside its plane, while a study lies beside to be compared with; null otherwise. */
export function selectPaneRole(state: AppState, role: StudyRole): string | null {
  const { prior } = state.desk
  if (!prior) return null
  const { isIdentityShown } = state.view
  if (role === 'comparison') return formatRelated(prior, isIdentityShown)
  const date = isIdentityShown ? formatStudyDate(selectRead(state).study?.identity?.studyDate ?? null) : null
  return ['Current', date].filter(Boolean).join(' · ')
}
