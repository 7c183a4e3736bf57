import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStored } from './parityProbe.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'
import { WhisperInference } from './whisperInference.ts'

const FOLDER = 'public/models/phantom-mini'
const isAbsent = !existsSync(new URL(`../../../${FOLDER}/whisper-decoder-int8.onnx`, import.meta.url))
const RATE = 16000
const ignore = () => undefined

let server: PackServer
let whisper: WhisperInference
let clip: Float32Array

// Before the pack is trained there is nothing to test; in CI an absent pack is a failure.
describe.skipIf(isAbsent && !process.env.CI)('Whisper in the bundled pack', () => {
  beforeAll(async () => {
    configureNodeRuntime()
    server = await servePack(FOLDER)
    whisper = new WhisperInference({ threads: 1, note: '' })
    const info = await whisper.load(server.pack, ignore)
    expect(info).toMatchObject({ provider: 'wasm', variant: 'int8', parityCosine: 1 })
    clip = await loadStored(server.pack.baseUrl, server.pack.manifest.speech!.transcriber!.parity.input)
  }, 300_000)

  afterAll(() => server.close())

  it('writes the golden clip down as training did, with rising times within the clip', async () => {
    const { text, words } = await whisper.transcribe(clip)
    expect(text).toBe('There is a small pleural effusion.')
    const times = words!.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(clip.length / RATE + 0.02)
    expect(words!.every(({ probability }) => probability > 0.3)).toBe(true)
  }, 120_000)

  it('gives words the time at which they are said: a second of silence before moves all of them', async () => {
    const later = new Float32Array(clip.length + RATE)
    later.set(clip, RATE)
    const [early, late] = [await whisper.transcribe(clip), await whisper.transcribe(later)]
    expect(late.text).toBe(early.text)
    // The first word may claim the silence before it.
    for (const n of [1, 3, 4, 5]) expect(late.words![n].startSeconds - early.words![n].startSeconds).toBeCloseTo(1, 0)
  }, 120_000)

  it('writes nothing of silence and of noise', async () => {
    let state = 7
    const noise = Float32Array.from({ length: 3 * RATE }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return (state / 2 ** 31 - 1) * 0.05
    })
    for (const sound of [new Float32Array(2 * RATE), noise]) expect((await whisper.transcribe(sound)).text).toBe('')
  }, 120_000)
})
