import type { Problem } from '../base/result.ts'
import type { AppStore } from '../state/store.ts'

const NOTHING_TO_SPEAK_ABOUT: Problem = {
  code: 'no-study-to-speak-about',
  message: 'There is no study that your words could belong to.',
  nextStep: 'Open a scan or the demo case, then speak.',
}

/** What is said or typed belongs to the study that is read: without one, nothing is recorded. */
export function hasStudy({ get, notify }: AppStore, otherwise = NOTHING_TO_SPEAK_ABOUT): boolean {
  if (get().desk.readId !== null) return true
  notify(otherwise, 'warning')
  return false
}
