import type { Problem } from '../base/result.ts'
import type { AppState, Notice } from '../state/appState.ts'

/** What flows may do to the screen: read the state, change one slice, tell the user once. */
export interface Screen {
  get(): AppState
  patch<Slice extends Exclude<keyof AppState, 'notices'>>(slice: Slice, change: Partial<AppState[Slice]>): void
  notify(problem: Problem, severity?: Notice['severity']): void
}
