import { tryTabLock } from '../base/tabLock.ts'

/** What a tab writes as it goes is its own as long as it lives; afterwards it is for whoever finds it. */
export interface TabLife {
  /** Of this tab; another one after a reload. */
  readonly id: string
  /** Resolves once other tabs can see that this one lives, which its end takes back however it comes. */
  begin(): Promise<void>
  /** Runs the task while nobody else does it for that tab; null, and no task, where the tab lives. */
  ifEnded<T>(id: string, task: () => Promise<T>): Promise<T | null>
}

const toLockName = (tabId: string): string => `voxct-tab-${tabId}`

/** By Web Locks. Without them (a page that is not served securely) there is no microphone either, and nothing to find. */
export function createTabLife(locks: LockManager | undefined = globalThis.navigator?.locks): TabLife {
  const id = crypto.randomUUID()
  let begun: Promise<void> | null = null
  const hold = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const forEver = () => {
        resolve()
        return new Promise<never>(() => {})
      }
      if (locks) locks.request(toLockName(id), {}, forEver).catch(reject)
      else resolve()
    })
  return {
    id,
    begin() {
      begun ??= hold()
      return begun
    },
    ifEnded: async (tabId, task) => (!locks || tabId === id ? null : await tryTabLock(toLockName(tabId), task, locks)),
  }
}
