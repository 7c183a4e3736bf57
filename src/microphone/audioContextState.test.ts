import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRunning } from './audioContextState.ts'

/** A context that starts only while `allowed`, as browsers do after a gesture. */
class GatedContext extends EventTarget {
  state = 'suspended'
  allowed = false

  async resume(): Promise<void> {
    if (this.allowed) this.become('running')
  }

  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

async function watch(context: GatedContext) {
  const told: boolean[] = []
  const target = new EventTarget()
  const watching = keepRunning(context as unknown as AudioContext, (suspended) => told.push(suspended), target)
  await vi.advanceTimersByTimeAsync(1500)
  return { told, target, stop: await watching }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a context that starts at once is never told of', async () => {
  const context = new GatedContext()
  context.allowed = true
  expect((await watch(context)).told).toEqual([])
  expect(context.state).toBe('running')
})

test('a context held back is told once, and goes on with the next gesture', async () => {
  const context = new GatedContext()
  const { told, target } = await watch(context)
  expect(told).toEqual([true])
  context.allowed = true
  target.dispatchEvent(new Event('pointerdown'))
  expect(told).toEqual([true, false])
})

test('an interruption while recording is told, and its end too', async () => {
  const context = new GatedContext()
  context.allowed = true
  const { told } = await watch(context)
  context.become('interrupted')
  context.become('running')
  expect(told).toEqual([true, false])
})

test('after stopping nothing is told and gestures do nothing', async () => {
  const context = new GatedContext()
  const { told, target, stop } = await watch(context)
  stop()
  context.allowed = true
  target.dispatchEvent(new Event('keydown'))
  expect(context.state).toBe('suspended')
  context.become('closed')
  expect(told).toEqual([true])
})
