import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseWavLayout } from '../../domain/speech/wavHeader.ts'
import { fromInt16Samples } from '../../domain/speech/wavSamples.ts'
import { loadCheckedFile, orThrow } from '../../packs/fetch/packFiles.ts'
import { configureNodeRuntime, drawNumbers } from './servePack.fixture.ts'
import { FRAME_SAMPLES, SILERO_FILE, SileroVad } from './sileroVad.ts'

const MODEL = createRequire(import.meta.url).resolve(`@ricky0123/vad-web/dist/${SILERO_FILE.file}`)
const SPEECH = new URL('../../../../shared/data/speech/jfk.wav', import.meta.url)

let vad: SileroVad

beforeAll(async () => {
  configureNodeRuntime()
  const fromPackage = () => Promise.resolve(new Response(readFileSync(MODEL)))
  vad = await SileroVad.open(await orThrow(loadCheckedFile('silero', SILERO_FILE, undefined, fromPackage)))
}, 120_000)

async function listen(audio: Float32Array): Promise<number[]> {
  await vad.reset()
  const frames = Array.from({ length: Math.floor(audio.length / FRAME_SAMPLES) }, (_, n) =>
    vad.probability(audio.slice(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)),
  )
  return Promise.all(frames)
}

function readSpeech(): Float32Array {
  const file = readFileSync(SPEECH)
  const layout = parseWavLayout(file)
  if (!layout) throw new Error('jfk.wav is no WAV file')
  const start = layout.dataSizeOffset + 4
  return fromInt16Samples(
    new Int16Array(file.buffer.slice(file.byteOffset + start, file.byteOffset + start + layout.presentBytes)),
  )
}

describe('SileroVad', () => {
  it('hears no speech in silence, in white noise and in a hum', async () => {
    const noise = drawNumbers(3 * 16000, 4).map((value) => value * 0.1)
    const hum = Float32Array.from({ length: 3 * 16000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * 100 * n) / 16000))
    for (const audio of [new Float32Array(3 * 16000), noise, hum])
      expect(Math.max(...(await listen(audio)))).toBeLessThan(0.3)
  })

  // The recording is not this project's to ship: skipped where the folder is absent, but not in CI.
  it.skipIf(!existsSync(SPEECH) && !process.env.CI)(
    'hears recorded speech, its pauses, and the same again after a reset (needs ../shared/data)',
    async () => {
      const audio = readSpeech()
      const heard = await listen(audio)
      expect(Math.max(...heard)).toBeGreaterThan(0.99)
      const speaking = heard.filter((probability) => probability > 0.5).length / heard.length
      expect(speaking).toBeGreaterThan(0.6)
      expect(speaking).toBeLessThan(0.75)
      expect(await listen(audio)).toEqual(heard)
    },
  )
})
