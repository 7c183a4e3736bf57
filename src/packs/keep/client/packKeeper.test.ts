import { expect, it, vi } from 'vitest'
import { ChannelWorker } from '../../../base/channelWorker.fixture.ts'
import { failure, success } from '../../../base/result.ts'
import { createPackKeeper, type KeepOrder, type PackBytes } from './packKeeper.ts'

const ORDER = { id: 'mine' } as unknown as KeepOrder
const BYTES = {} as PackBytes

/** A keeper whose worker works until it is told to cancel, and passes on how far it is. */
function setUp() {
  let cancel: () => void = () => undefined
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve
  })
  const worker = new ChannelWorker({
    async keep(_order: KeepOrder, _bytes: PackBytes, onProgress: (progress: object) => Promise<void>) {
      await onProgress({ doneBytes: 1 })
      await cancelled
      return failure({ code: 'cancelled', message: '', nextStep: '' })
    },
    cancel: () => cancel(),
  })
  return { worker, keeper: createPackKeeper(() => worker) }
}

it('tells the worker of a cancel, waits for what it leaves, and ends it', async () => {
  const { worker, keeper } = setUp()
  const controller = new AbortController()
  const onProgress = vi.fn()
  const kept = keeper.keep(ORDER, BYTES, onProgress, controller.signal)
  await vi.waitUntil(() => onProgress.mock.calls.length === 1)
  expect(worker.isTerminated).toBe(false)
  controller.abort()
  expect(await kept).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(worker.isTerminated).toBe(true)
})

it('cancels at once what was cancelled before it began', async () => {
  const { worker, keeper } = setUp()
  const kept = await keeper.keep(ORDER, BYTES, () => undefined, AbortSignal.abort())
  expect(kept).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(worker.isTerminated).toBe(true)
})

it('gives a crash of the worker as a problem with its cause, and ends it', async () => {
  const { worker, keeper } = setUp()
  const kept = keeper.keep(ORDER, BYTES, () => undefined, new AbortController().signal)
  await Promise.resolve()
  worker.crash('out of memory')
  const result = await kept
  expect(result.ok ? null : result.problem).toMatchObject({
    code: 'pack-keeper-crashed',
    message: 'Adding the model stopped (out of memory).',
  })
  expect(worker.isTerminated).toBe(true)
})

it('ends the worker when the pack is kept', async () => {
  const worker = new ChannelWorker({ keep: async () => success(undefined), cancel: () => undefined })
  const result = await createPackKeeper(() => worker).keep(ORDER, BYTES, () => undefined, new AbortController().signal)
  expect(result.ok).toBe(true)
  expect(worker.isTerminated).toBe(true)
})
