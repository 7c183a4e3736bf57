import type { OpenStudy } from '../domain/study/openStudy.ts'
import { type AppStore, createAppStore } from '../state/store.ts'
import { NEW_STUDY, type StudyState } from '../state/studyState.ts'
import type { Actions } from './actions.ts'
import type { CommandContext, PageControls } from './context.ts'

const STUDY: OpenStudy = {
  id: 'study',
  content: null,
  title: 'A study',
  format: 'phantom',
  size: [4, 4, 4],
  spacingMm: [1, 1, 1],
  origin: 'seed 1',
  seriesId: null,
  identity: null,
  groundTruth: null,
}

/** Parts of what is shown of the study being read. */
export const showStudy = (store: AppStore, part: Partial<StudyState>): void =>
  store.putStudy(STUDY.id, { ...NEW_STUDY, study: STUDY, ...part })

/** A store with a study open, and a context whose actions and page write down what they were asked for. */
export function createTestContext(): { context: CommandContext; store: AppStore; calls: unknown[][] } {
  const calls: unknown[][] = []
  const recorder = <T extends object>(prefix = '') =>
    new Proxy({} as T, {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          calls.push([prefix + String(name), ...args]),
    })
  const store = createAppStore()
  showStudy(store, {})
  store.patch('desk', { phase: 'ready', readId: STUDY.id })
  const context = { get: store.get, actions: recorder<Actions>(), page: recorder<PageControls>('page.') }
  return { context, store, calls }
}
