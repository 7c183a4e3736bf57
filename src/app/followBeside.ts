import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'

/** Whatever lights the study, a finding that is chosen or one whose heat is taken away, lights the case beside it as well. */
export function followBeside(store: AppStore, lightBeside: (isOpened: boolean) => void): void {
  store.subscribe((state, before) => {
    const { comparisonId, comparisonCaseId, readId } = state.desk
    if (comparisonId === null || readId !== before.desk.readId) return
    const isOpened = comparisonCaseId !== before.desk.comparisonCaseId || comparisonId !== before.desk.comparisonId
    if (isOpened || selectRead(state).heat !== selectRead(before).heat) lightBeside(isOpened)
  })
}
