import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import { success } from '../../base/result.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import type { PackSource, SpeechEngine } from '../engines.ts'
import { createSpeechEngine } from './speechEngine.ts'

const readTiny = (): Manifest =>
  JSON.parse(readFileSync(new URL('../../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8'))
const ignore = () => undefined

let log: string[]
let engine: SpeechEngine

beforeEach(() => {
  log = []
  const createWorker = () =>
    new ChannelWorker({
      loadSpeech: async (pack: PackSource, variant: string) => {
        log.push(`begin ${pack.manifest.id} ${variant}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
        log.push(`end ${pack.manifest.id}`)
        return success({ variant })
      },
    })
  engine = createSpeechEngine({ createWorker })
})

afterEach(() => engine.dispose())

const packOf = (id: string, change: (speech: NonNullable<Manifest['speech']>) => void = ignore): PackSource => {
  const manifest = { ...readTiny(), id }
  change(manifest.speech!)
  return { manifest, baseUrl: `http://localhost/models/${id}/` }
}

it('keeps the encoder that two packs share, and loads another precision of it', async () => {
  const first = await engine.load(packOf('a'), 'auto', ignore)
  const shared = packOf('b', ({ encoder }) => Object.assign(encoder[0], { pack: 'a' }))
  expect(await engine.load(shared, 'auto', ignore)).toEqual(first)
  await engine.load(shared, 'int8', ignore)
  expect(log).toEqual(['begin a auto', 'end a', 'begin b int8', 'end b'])
})

it('loads packs one after the other', async () => {
  const other = packOf('b', (speech) => Object.assign(speech, { windowSeconds: 9 }))
  await Promise.all([engine.load(packOf('a'), 'auto', ignore), engine.load(other, 'auto', ignore)])
  expect(log).toEqual(['begin a auto', 'end a', 'begin b auto', 'end b'])
})
