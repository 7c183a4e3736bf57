import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import { success } from '../../base/result.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import type { PackSource, TranscriberEngine } from '../engines.ts'
import { createTranscriberEngine } from './transcriberEngine.ts'

const FIXTURE = new URL('../../../fixtures/manifests/valid/with-transcriber.json', import.meta.url)
const ROOMY = { cores: 4, memoryGb: 8 }
const ignore = () => undefined

const WORD = { text: 'no', startSeconds: 0, endSeconds: 0.3, probability: 0.9 }

let log: string[]
let engine: TranscriberEngine
let workers: ChannelWorker[]
/** What holds a run of the worker up, by its name. */
let holds: Record<string, Promise<void> | undefined>

function createEngine(machine = ROOMY): TranscriberEngine {
  const run = async (name: string) => {
    log.push(name)
    await holds[name]
  }
  const createWorker = () => {
    log.push('worker')
    const worker = new ChannelWorker({
      loadTranscriber: async (pack: PackSource) => {
        log.push(`load ${pack.manifest.id}`)
        return success({ variant: 'int8' })
      },
      transcribe: async (audio: Float32Array) => {
        await run('transcribe')
        return success({ text: `${audio.length} samples`, words: [] })
      },
      encodePart: async () => {
        await run('encode part')
        return success(undefined)
      },
      writePart: async () => {
        await run('write part')
        return success([WORD])
      },
    })
    workers.push(worker)
    return worker
  }
  return createTranscriberEngine({ machine, createWorker })
}

beforeEach(() => {
  log = []
  workers = []
  holds = {}
  engine = createEngine()
})

afterEach(() => engine.dispose())

const packOf = (id: string, change: (speech: NonNullable<Manifest['speech']>) => void = ignore): PackSource => {
  const manifest: Manifest = { ...JSON.parse(readFileSync(FIXTURE, 'utf8')), id }
  change(manifest.speech!)
  return { manifest, baseUrl: `http://localhost/models/${id}/` }
}

it('keeps the transcriber that two packs share, and gives it back with its worker where the next has none', async () => {
  await engine.load(packOf('a'), ignore)
  await engine.load(
    packOf('b', ({ transcriber }) => Object.assign(transcriber!.tokens, { pack: 'a' })),
    ignore,
  )
  expect(await engine.transcribe(new Float32Array(7))).toEqual({ text: '7 samples', words: [] })
  expect(
    await engine.load(
      packOf('c', (speech) => Reflect.deleteProperty(speech, 'transcriber')),
      ignore,
    ),
  ).toBeNull()
  expect(await engine.transcribe(new Float32Array(7))).toBeNull()
  expect(log).toEqual(['worker', 'load a', 'transcribe'])
})

const rest = () => new Promise((resolve) => setTimeout(resolve, 10))

it('loads after what comes first', async () => {
  let settle = ignore as () => void
  const after = new Promise<void>((resolve) => (settle = resolve))
  const loading = engine.load(packOf('a'), ignore, { after })
  await rest()
  expect(log).toEqual([])
  settle()
  expect(await loading).toEqual({ variant: 'int8' })
})

it.each([
  ['somebody speaks', () => engine.wake()],
  ['something is to be written', () => void engine.transcribe(new Float32Array(3))],
])('loads at once when %s, and what was said meanwhile is written then', async (_, want) => {
  const loading = engine.load(packOf('a'), ignore, { after: new Promise(ignore) })
  await rest()
  expect(log).toEqual([])
  want()
  expect(await engine.transcribe(new Float32Array(7))).toEqual({ text: '7 samples', words: [] })
  expect(await loading).toEqual({ variant: 'int8' })
})

it('drops a load that is not wanted any more before it began', async () => {
  const unwanted = new AbortController()
  const loading = engine.load(packOf('a'), ignore, { signal: unwanted.signal, after: new Promise(ignore) })
  unwanted.abort()
  await expect(loading).rejects.toMatchObject({ name: 'AbortError' })
  expect(await engine.load(packOf('b'), ignore)).toEqual({ variant: 'int8' })
  expect(log).toEqual(['worker', 'load b'])
})

it.each([
  ['one core', { cores: 1, memoryGb: 8 }, null],
  ['2 GB of memory', { cores: 8, memoryGb: 2 }, null],
  ['memory that the browser does not tell', { cores: 2, memoryGb: null as unknown as number }, { variant: 'int8' }],
])('on a machine with %s', async (_, machine, expected) => {
  const other = createEngine(machine)
  expect(await other.load(packOf('a'), ignore)).toEqual(expected)
  other.dispose()
})

const hold = (name: string): (() => void) => {
  let release = ignore as () => void
  holds[name] = new Promise((resolve) => (release = resolve))
  return release
}

const LOADED = ['worker', 'load a']
const hearPart = (isWanted = () => true) => engine.hearPart(new Float32Array(5), isWanted)

it('hears a part of speech under way in two runs, and none before a transcriber is loaded', async () => {
  expect(await hearPart()).toBeNull()
  await engine.load(packOf('a'), ignore)
  expect(await hearPart()).toEqual([WORD])
  expect(log).toEqual([...LOADED, 'encode part', 'write part'])
})

it('takes a whole utterance before the second run of a part, and before any part that waits', async () => {
  await engine.load(packOf('a'), ignore)
  const release = hold('encode part')
  const parts = [hearPart(), hearPart()]
  await rest()
  const whole = engine.transcribe(new Float32Array(7))
  const during = hearPart()
  release()
  expect(await Promise.all([...parts, during])).toEqual([null, null, null])
  expect(await whole).toEqual({ text: '7 samples', words: [] })
  expect(log).toEqual([...LOADED, 'encode part', 'transcribe'])
  expect(await hearPart()).toEqual([WORD])
})

it('writes nothing about a part that is not wanted any more', async () => {
  await engine.load(packOf('a'), ignore)
  const release = hold('encode part')
  let isWanted = true
  const part = hearPart(() => isWanted)
  await rest()
  isWanted = false
  release()
  expect(await part).toBeNull()
  expect(log).toEqual([...LOADED, 'encode part'])
})

it('fails with its worker, and leaves the next one to the whole utterance that waits', async () => {
  await engine.load(packOf('a'), ignore)
  hold('encode part')
  hold('transcribe')
  const part = hearPart()
  await rest()
  const whole = engine.transcribe(new Float32Array(7))
  await rest()
  holds = {}
  workers[0].crash('out of memory')
  await expect(part).rejects.toMatchObject({ problem: { code: 'worker-crashed' } })
  expect(await whole).toEqual({ text: '7 samples', words: [] })
  expect(log.slice(LOADED.length)).toEqual(['encode part', 'transcribe', 'worker', 'load a', 'transcribe'])
})
