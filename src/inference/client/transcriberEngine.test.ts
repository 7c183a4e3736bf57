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

let log: string[]
let engine: TranscriberEngine

function createEngine(machine = ROOMY): TranscriberEngine {
  const createWorker = () => {
    log.push('worker')
    return new ChannelWorker({
      loadTranscriber: async (pack: PackSource) => {
        log.push(`load ${pack.manifest.id}`)
        return success({ variant: 'int8' })
      },
      transcribe: async (audio: Float32Array) => success({ text: `${audio.length} samples`, words: [] }),
    })
  }
  return createTranscriberEngine({ machine, createWorker })
}

beforeEach(() => {
  log = []
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
  expect(log).toEqual(['worker', 'load a'])
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
