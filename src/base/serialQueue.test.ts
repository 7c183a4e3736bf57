import { expect, it } from 'vitest'
import { SerialQueue } from './serialQueue.ts'

it('never runs two tasks at once and goes on after one fails', async () => {
  const queue = new SerialQueue()
  let running = 0
  let mostAtOnce = 0
  const task = (fails: boolean) => async () => {
    running++
    mostAtOnce = Math.max(mostAtOnce, running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running--
    if (fails) throw new Error('broken')
    return 'done'
  }
  const results = await Promise.allSettled([queue.add(task(false)), queue.add(task(true)), queue.add(task(false))])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(mostAtOnce).toBe(1)
})

it('drops a task that was cancelled while it waited', async () => {
  const queue = new SerialQueue()
  const controller = new AbortController()
  let ran = false
  const first = queue.add(() => new Promise((resolve) => setTimeout(resolve, 5)))
  const second = queue.add(async () => {
    ran = true
  }, controller.signal)
  controller.abort()
  await first
  await expect(second).rejects.toThrow()
  expect(ran).toBe(false)
})
