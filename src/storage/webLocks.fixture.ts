/** Web Locks of one browser, as far as they are used. */
export function createWebLocks() {
  const held = new Set<string>()
  const waiting: { name: string; run: () => void }[] = []
  const request = async (name: string, options: LockOptions, task: (lock: unknown) => unknown) => {
    if (held.has(name)) {
      if (options.ifAvailable) return await task(null)
      await new Promise<void>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason))
        waiting.push({ name, run: resolve })
      })
    }
    held.add(name)
    try {
      return await task({ name })
    } finally {
      held.delete(name)
      const next = waiting.findIndex((one) => one.name === name)
      if (next >= 0) waiting.splice(next, 1)[0].run()
    }
  }
  return { request, held } as unknown as LockManager & { held: Set<string> }
}
