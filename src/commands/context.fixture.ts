import { type AppStore, createAppStore } from '../state/store.ts'
import type { Actions } from './actions.ts'
import type { CommandContext, PageControls } from './context.ts'

const STUDY = {
  id: 'study',
  title: 'A study',
  format: 'phantom',
  size: [4, 4, 4],
  spacingMm: [1, 1, 1],
  origin: 'seed 1',
  groundTruth: null,
} as const

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
  store.patch('study', { phase: 'ready', current: STUDY })
  const context = { get: store.get, actions: recorder<Actions>(), page: recorder<PageControls>('page.') }
  return { context, store, calls }
}
