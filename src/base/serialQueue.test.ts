import { expect, it } from 'vitest'
import { SerialQueue } from './serialQueue.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

it('never overlaps two tasks and keeps their order', async () => {
  const queue = new SerialQueue()
  const order: string[] = []
  let running = 0
  const task = (name: string, ms: number) => async () => {
    running++
    expect(running).toBe(1)
    await pause(ms)
    order.push(name)
    running--
    return name
  }
  expect(await Promise.all([queue.add(task('a', 15)), queue.add(task('b', 1)), queue.add(task('c', 5))])).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(order).toEqual(['a', 'b', 'c'])
})

it('goes on after a task that rejects or throws', async () => {
  const queue = new SerialQueue()
  const failed = queue.add(() => Promise.reject(new Error('first')))
  const thrown = queue.add(() => {
    throw new Error('second')
  })
  const last = queue.add(async () => 3)
  await expect(failed).rejects.toThrow('first')
  await expect(thrown).rejects.toThrow('second')
  expect(await last).toBe(3)
})

it('drops a task that was aborted while it waited, without starting it', async () => {
  const queue = new SerialQueue()
  const controller = new AbortController()
  let started = false
  const first = queue.add(() => pause(10))
  const second = queue.add(async () => {
    started = true
  }, controller.signal)
  controller.abort()
  await first
  await expect(second).rejects.toMatchObject({ name: 'AbortError' })
  expect(started).toBe(false)
})
