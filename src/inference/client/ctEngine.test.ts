import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import { failure, type Result, success } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { CtEngine, EngineChoice, PackSource, ReportProgress } from '../engines.ts'
import { INFO, OTHER, PACK, WASM } from './ctEngine.fixture.ts'
import { type CtEngineOptions, createCtEngine } from './ctEngine.ts'

const ignore = () => undefined
const never = new AbortController().signal
const volume = (value: number) => async () => Float32Array.of(value)
const direction = Float32Array.of(0)

type Behaviour = (worker: ChannelWorker, volumeId: string) => Promise<'answer' | 'run out of memory' | 'cancelled'>

/** What happened in every worker, in order; and how the next encodings go. */
let log: string[]
let workers: ChannelWorker[]
let behaviours: Behaviour[]
let infos: EngineInfo[]
let engine: CtEngine
/** What a word of cancel does to the run under way. */
let onCancel: () => void
/** What the next loads wait for. */
let loading: Promise<unknown>

const hang: Behaviour = () => new Promise(() => undefined)
const crash: Behaviour = (worker) => {
  worker.crash('out of memory')
  return hang(worker, '')
}
const runOutOfMemory: Behaviour = async () => 'run out of memory'

async function encodeCt(
  worker: ChannelWorker,
  volumeId: string,
  input: Float32Array,
  onProgress: ReportProgress,
): Promise<Result<object>> {
  await onProgress('Encoding the scan', 0.5)
  log.push(`encode ${volumeId}`)
  const how = await (behaviours.shift() ?? (async () => 'answer'))(worker, volumeId)
  if (how === 'run out of memory')
    return failure({ code: 'runtime-crashed', message: 'memory access out of bounds', nextStep: '' })
  if (how === 'cancelled') return failure({ code: 'cancelled', message: '', nextStep: '' })
  return success({ embedding: input, tokens: input.map((value) => value + 0.5), tokenMean: input, encodeMs: 1 })
}

function createWorker(): ChannelWorker {
  const tokens = new Map<string, Float32Array>()
  const name = workers.length
  const worker: ChannelWorker = new ChannelWorker({
    loadCt: async (pack: PackSource, choice: EngineChoice, onProgress: ReportProgress) => {
      log.push(`load ${pack.manifest.id} ${choice.provider} in worker ${name}`)
      await onProgress('Loading the CT encoder', 0)
      await loading
      return success(INFO)
    },
    encodeCt: (id: string, input: Float32Array, onProgress: ReportProgress) => encodeCt(worker, id, input, onProgress),
    cancelCt: () => {
      log.push('cancel')
      onCancel()
    },
    heatCt: async (id: string) => success(tokens.get(id) ?? Float32Array.of()),
    keepCt: async (id: string, kept: Float32Array) => {
      tokens.set(id, kept)
      return success(undefined)
    },
    forgetCt: async (id: string) => {
      log.push(`forget ${id}`)
      return success(undefined)
    },
  })
  workers.push(worker)
  return worker
}

const createEngine = (options: CtEngineOptions): CtEngine =>
  createCtEngine({ createWorker, restMs: 30, onInfoChange: (info) => infos.push(info), ...options })

beforeEach(async () => {
  log = []
  workers = []
  behaviours = []
  infos = []
  loading = Promise.resolve()
  onCancel = ignore
  engine = createEngine({ patienceMs: 10_000 })
  await engine.load(PACK, WASM, ignore)
})

afterEach(() => engine.dispose())

async function useShortPatience(): Promise<void> {
  engine.dispose()
  engine = createEngine({ patienceMs: 30 })
  await engine.load(PACK, WASM, ignore)
}

describe('CtEngine', () => {
  it('sends the pack without what the caller hung on to it', async () => {
    const rich = { ...PACK, library: () => 'cannot be copied to a worker' }
    expect(await engine.load(rich, { ...WASM, provider: 'auto' }, ignore)).toEqual(INFO)
    expect(log).toEqual(['load tiny wasm in worker 0', 'load tiny auto in worker 0'])
  })

  it('encodes one volume after the other', async () => {
    const both = await Promise.all([engine.encode('a', volume(1), never), engine.encode('b', volume(2), never)])
    expect(both.map(({ embedding }) => embedding[0])).toEqual([1, 2])
  })

  it('drops a queued encoding that is cancelled, at once and unseen by the worker', async () => {
    await useShortPatience()
    behaviours = [hang]
    const running = new AbortController()
    const queued = new AbortController()
    const first = engine.encode('a', volume(1), running.signal)
    const second = engine.encode('b', volume(2), queued.signal)
    queued.abort()
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    running.abort()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    await engine.encode('c', volume(3), never)
    expect(log.filter((line) => line.startsWith('encode'))).toEqual(['encode a', 'encode c'])
  })

  it('ends a cancelled run by a word where it listens, and keeps the worker', async () => {
    behaviours = [
      () =>
        new Promise((resolve) => {
          onCancel = () => resolve('cancelled')
        }),
    ]
    const controller = new AbortController()
    const encoding = engine.encode('a', volume(1), controller.signal)
    while (!log.includes('encode a')) await new Promise((resolve) => setTimeout(resolve, 1))
    controller.abort()
    await expect(encoding).rejects.toMatchObject({ name: 'AbortError' })
    await engine.encode('b', volume(2), never)
    expect(workers.length).toBe(1)
    expect(log.slice(1)).toEqual(['encode a', 'cancel', 'encode b'])
  })

  describe('with a large model, after a cancelled run', () => {
    const LARGE = structuredClone(OTHER)
    LARGE.manifest.ct.input.shape = [240, 480, 480]

    async function cancelOne(): Promise<void> {
      behaviours = [() => new Promise((resolve) => (onCancel = () => resolve('cancelled')))]
      const controller = new AbortController()
      const encoding = engine.encode('a', volume(1), controller.signal)
      while (!log.includes('encode a')) await new Promise((resolve) => setTimeout(resolve, 1))
      controller.abort()
      await expect(encoding).rejects.toMatchObject({ name: 'AbortError' })
    }
    const rest = () => new Promise((resolve) => setTimeout(resolve, 200))

    it.each([
      [1, 'keeps', false],
      [2, 'ends', true],
    ])('counts the weights of all parts, not the input alone: %i parts of 40 MiB, %s', async (parts, _, isEnded) => {
      const heavy = structuredClone(OTHER)
      const toPart = (n: number) => ({ file: `${n}.onnx`, bytes: 40 * 2 ** 20, sha256: String(n).repeat(64) })
      heavy.manifest.ct.trunk[0].next = Array.from({ length: parts }, (_part, n) => toPart(n))
      await engine.load(heavy, WASM, ignore)
      await cancelOne()
      await rest()
      expect(workers.at(-1)?.isTerminated).toBe(isEnded)
    })

    it('gives the memory back with its worker; the next has the model and the kept tokens', async () => {
      await engine.load(LARGE, WASM, ignore)
      await engine.encode('kept', volume(7), never)
      await cancelOne()
      await rest()
      expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true])
      expect(await engine.heat('kept', direction)).toEqual(Float32Array.of(7.5))
      expect(log.at(-1)).toBe('load other wasm in worker 2')
    })

    it('keeps the worker where the next scan is already being encoded', async () => {
      await engine.load(LARGE, WASM, ignore)
      await cancelOne()
      behaviours = [() => new Promise((resolve) => setTimeout(() => resolve('answer'), 80))]
      await engine.encode('b', volume(2), never)
      expect(workers.length).toBe(2)
    })

    it('keeps the worker of a small model', async () => {
      await cancelOne()
      await rest()
      expect(workers.length).toBe(1)
    })
  })

  it('moves the input to the worker, and asks for it again after a crash', async () => {
    behaviours = [crash]
    const made: Float32Array[] = []
    const source = async () => {
      made.push(Float32Array.of(made.length, 8))
      return made[made.length - 1]
    }
    const { embedding } = await engine.encode('a', source, never)
    expect([...embedding]).toEqual([1, 8])
    expect(made.map(({ length }) => length)).toEqual([0, 0])
  })

  it('never hands over the input of an encoding that was cancelled while it was made', async () => {
    const controller = new AbortController()
    const source = async () => {
      controller.abort()
      return Float32Array.of(1)
    }
    await expect(engine.encode('a', source, controller.signal)).rejects.toMatchObject({ name: 'AbortError' })
    await engine.encode('b', volume(2), never)
    expect(log).not.toContain('encode a')
  })

  it('passes on how far a run is, and what is done to bring a dead worker back', async () => {
    behaviours = [crash]
    const told: string[] = []
    await engine.encode('a', volume(1), never, (label) => told.push(label))
    expect(told).toEqual(['Encoding the scan', 'Loading the CT encoder', 'Encoding the scan'])
  })

  it('discards the result of a run that ends soon after it was cancelled, in the same worker', async () => {
    let finish: (how: 'answer') => void = ignore
    behaviours = [() => new Promise((resolve) => (finish = resolve))]
    const controller = new AbortController()
    const encoding = engine.encode('a', volume(1), controller.signal)
    while (!log.includes('encode a')) await new Promise((resolve) => setTimeout(resolve, 1))
    controller.abort()
    await expect(encoding).rejects.toMatchObject({ name: 'AbortError' })
    finish('answer')
    await engine.encode('b', volume(2), never)
    expect(workers.length).toBe(1)
    expect(log).toContain('forget a')
  })

  it('ends a cancelled run that goes on, loads the model again and gives the tokens back', async () => {
    await useShortPatience()
    await engine.encode('kept', volume(7), never)
    behaviours = [hang]
    const controller = new AbortController()
    const encoding = engine.encode('a', volume(1), controller.signal)
    while (!log.includes('encode a')) await new Promise((resolve) => setTimeout(resolve, 1))
    controller.abort()
    await expect(encoding).rejects.toMatchObject({ name: 'AbortError' })
    expect(await engine.heat('kept', direction)).toEqual(Float32Array.of(7.5))
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true, false])
    expect(log.at(-1)).toBe('load tiny wasm in worker 2')
  })

  it('starts a crashed worker again, loads the model, repeats the encoding and tells the panel', async () => {
    behaviours = [crash]
    const { embedding } = await engine.encode('a', volume(1), never)
    expect(embedding[0]).toBe(1)
    expect(log).toEqual(['load tiny wasm in worker 0', 'encode a', 'load tiny wasm in worker 1', 'encode a'])
    expect(infos).toEqual([INFO])
  })

  it('takes a runtime that ran out of memory for a crash', async () => {
    behaviours = [runOutOfMemory]
    await engine.encode('a', volume(1), never)
    expect(workers.length).toBe(2)
    expect(workers[0].isTerminated).toBe(true)
  })

  it('gives up after the second crash, and works again when asked again', async () => {
    behaviours = [crash, crash]
    await expect(engine.encode('a', volume(1), never)).rejects.toMatchObject({
      problem: { code: 'worker-crashed', message: expect.stringContaining('out of memory') },
    })
    expect((await engine.encode('a', volume(3), never)).embedding[0]).toBe(3)
  })

  it('frees another pack with its worker before the next one is loaded, and what it had encoded', async () => {
    await engine.encode('a', volume(1), never)
    await engine.load(OTHER, WASM, ignore)
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
    expect(log.at(-1)).toBe('load other wasm in worker 1')
    expect(await engine.heat('a', direction)).toEqual(Float32Array.of())
  })

  it('gives up a load that is not wanted any more, at once, and goes on with the next', async () => {
    const unwanted = new AbortController()
    loading = new Promise(() => undefined)
    const first = engine.load(OTHER, WASM, ignore, unwanted.signal)
    while (!log.includes('load other wasm in worker 1')) await new Promise((resolve) => setTimeout(resolve, 1))
    loading = Promise.resolve()
    unwanted.abort()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    expect(await engine.load(PACK, WASM, ignore)).toEqual(INFO)
    expect((await engine.encode('a', volume(3), never)).embedding[0]).toBe(3)
    expect(log.slice(-2)).toEqual(['load tiny wasm in worker 2', 'encode a'])
  })

  it('starts no worker once it is disposed', async () => {
    engine.dispose()
    await expect(engine.encode('a', volume(1), never)).rejects.toMatchObject({ problem: { code: 'worker-stopped' } })
    expect(workers.length).toBe(1)
  })
})
