import { expect, it } from 'vitest'
import { createStudyLocks } from './studyLocks.ts'

/** Web Locks of one browser, as far as they are used. */
function createLocks() {
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

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

it('tells the second of two tabs, and tells it again when the first has left the study', async () => {
  const browser = createLocks()
  const [first, second] = [createStudyLocks(browser), createStudyLocks(browser)]
  const told: string[] = []
  first.take('a', (isElsewhere) => told.push(`first ${isElsewhere}`))
  await settle()
  second.take('a', (isElsewhere) => told.push(`second ${isElsewhere}`))
  await settle()
  expect(told).toEqual(['first false', 'second true'])
  first.take('b', () => undefined)
  await settle()
  expect(told.at(-1)).toBe('second false')
})

it('lets go of a study that it waits for, and keeps the one it has when that is taken again', async () => {
  const browser = createLocks()
  const [first, second] = [createStudyLocks(browser), createStudyLocks(browser)]
  const told: boolean[] = []
  first.take('a', () => undefined)
  first.take('a', () => told.push(true))
  second.take('a', (isElsewhere) => told.push(isElsewhere))
  await settle()
  second.take('b', () => undefined)
  await settle()
  first.take('c', () => undefined)
  await settle()
  expect(told).toEqual([true])
  expect([...browser.held].sort()).toEqual(['voxct-study-b', 'voxct-study-c'])
})

it('says nothing where the browser has no locks', () => {
  createStudyLocks(undefined).take('a', () => {
    throw new Error('told')
  })
})
