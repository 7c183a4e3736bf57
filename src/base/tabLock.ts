/** Runs the task while no other tab or worker of this site holds the name; null, and no task, where one does. */
export type TryTabLock = <T>(name: string, task: () => Promise<T>, locks?: LockManager) => Promise<T | null>

export const tryTabLock: TryTabLock = async <T>(
  name: string,
  task: () => Promise<T>,
  locks = navigator.locks,
): Promise<T | null> =>
  (await locks.request(name, { ifAvailable: true }, async (lock) => (lock ? await task() : null))) as T | null
