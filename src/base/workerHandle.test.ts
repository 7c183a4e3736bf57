import { beforeEach, expect, it, vi } from 'vitest'
import { ChannelWorker } from './channelWorker.fixture.ts'
import { WorkerCrash, WorkerHandle, type WorkerHandleOptions } from './workerHandle.ts'

interface Api {
  work(): Promise<string>
  restore(): Promise<void>
}

let workers: ChannelWorker[]
let log: string[]
/** What each worker does when asked to work, in the order in which they start; later ones answer. */
let jobs: ((worker: ChannelWorker) => Promise<string>)[]

const never = () => new Promise<never>(() => undefined)
const crash = (worker: ChannelWorker) => {
  worker.crash('out of memory')
  return never()
}

beforeEach(() => {
  workers = []
  log = []
  jobs = []
})

const createHandle = (options: Partial<WorkerHandleOptions<Api>> = {}) =>
  new WorkerHandle<Api>({
    start: () => {
      const name = workers.length
      const worker: ChannelWorker = new ChannelWorker({
        async work() {
          log.push(`work in ${name}`)
          return jobs[name] ? jobs[name](worker) : `answer of ${name}`
        },
        async restore() {
          log.push(`restore ${name}`)
        },
      })
      workers.push(worker)
      return worker
    },
    toCrashError: (cause) => new Error(`crashed: ${cause}`),
    toStopError: () => new Error('stopped'),
    ...options,
  })

const ends = () => workers.map(({ isTerminated }) => isTerminated)
const isAtWork = () => vi.waitUntil(() => log.includes('work in 0'))

it('starts a worker with the first call and keeps it for the next', async () => {
  const handle = createHandle()
  expect(handle.isRunning).toBe(false)
  expect(await handle.call((api) => api.work())).toBe('answer of 0')
  expect(await handle.call((api) => api.work())).toBe('answer of 0')
  expect(ends()).toEqual([false])
  handle.dispose()
})

it('restores a worker once before it is asked, and the next after a crash once more', async () => {
  jobs = [crash]
  const handle = createHandle({ restore: (api) => api.restore(), triesAgain: true })
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  expect(log).toEqual(['restore 0', 'work in 0', 'restore 1', 'work in 1', 'work in 1'])
  expect(ends()).toEqual([true, false])
  handle.dispose()
})

it('rejects with the cause of a second crash, and of the first where it may not try again', async () => {
  jobs = [crash, crash, crash]
  const twice = createHandle({ triesAgain: true })
  await expect(twice.call((api) => api.work())).rejects.toThrow('crashed: out of memory')
  expect(ends()).toEqual([true, true])
  await expect(createHandle().call((api) => api.work())).rejects.toThrow('crashed: out of memory')
  expect(ends()).toEqual([true, true, true])
})

it('takes a worker that calls itself unsound for a crashed one', async () => {
  const handle = createHandle({ triesAgain: true })
  const answers = [Promise.reject(new WorkerCrash('heap is full')), Promise.resolve('sound')]
  answers[0].catch(() => undefined)
  let asked = 0
  expect(await handle.call(() => answers[asked++])).toBe('sound')
  expect(ends()).toEqual([true, false])
  handle.dispose()
})

it('keeps a worker that reports an error', async () => {
  jobs = [() => Promise.reject(new Error('no such file'))]
  const handle = createHandle({ triesAgain: true })
  await expect(handle.call((api) => api.work())).rejects.toThrow('no such file')
  expect(log).toEqual(['work in 0'])
  expect(ends()).toEqual([false])
  handle.dispose()
})

it('ends the worker of a call that is aborted, at once, and starts another for the next', async () => {
  jobs = [never]
  const handle = createHandle({ triesAgain: true })
  const controller = new AbortController()
  const call = handle.call((api) => api.work(), controller.signal)
  await isAtWork()
  controller.abort()
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  expect(ends()).toEqual([true])
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  handle.dispose()
})

it('starts nothing for a call that was aborted before', async () => {
  const call = createHandle().call((api) => api.work(), AbortSignal.abort())
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  expect(workers).toHaveLength(0)
})

it('leaves a worker alone when the signal of a finished call fires', async () => {
  const controller = new AbortController()
  const handle = createHandle()
  await handle.call((api) => api.work(), controller.signal)
  controller.abort()
  expect(ends()).toEqual([false])
  handle.dispose()
})

it('rejects the calls under way when it is stopped, and every later one when it is disposed of', async () => {
  jobs = [never]
  const handle = createHandle()
  const call = handle.call((api) => api.work())
  await isAtWork()
  handle.stop()
  await expect(call).rejects.toThrow('stopped')
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  handle.dispose()
  await expect(handle.call((api) => api.work())).rejects.toThrow('stopped')
  expect(ends()).toEqual([true, true])
})

it('ends an idle worker, not one at work, and starts another when asked again', async () => {
  let finish: (answer: string) => void = () => undefined
  jobs = [() => new Promise((resolve) => (finish = resolve))]
  const handle = createHandle({ idleMs: 20 })
  const call = handle.call((api) => api.work())
  await isAtWork()
  handle.endWhenIdle(1)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(ends()).toEqual([false])
  finish('late')
  expect(await call).toBe('late')
  await vi.waitUntil(() => workers[0].isTerminated)
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  handle.dispose()
})

it('ends a worker that cannot be restored, and tells why to whoever waits', async () => {
  const restore = vi.fn().mockRejectedValueOnce(new Error('file is gone')).mockResolvedValue(undefined)
  const handle = createHandle({ restore, triesAgain: true })
  await expect(handle.warm()).rejects.toThrow('file is gone')
  expect(ends()).toEqual([true])
  expect(await handle.call((api) => api.work())).toBe('answer of 1')
  handle.dispose()
})

it('tells a word to the worker that runs, and starts none for it', async () => {
  const handle = createHandle()
  handle.tell((api) => api.work())
  expect(workers).toHaveLength(0)
  await handle.warm()
  handle.tell((api) => api.work())
  await isAtWork()
  handle.dispose()
})
