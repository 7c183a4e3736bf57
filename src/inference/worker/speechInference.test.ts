import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dotProduct } from '../../domain/embedding/embedding.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { averageEmbeddings } from '../../domain/speech/windows.ts'
import { configureNodeRuntime, drawNumbers, type PackServer, servePack } from './servePack.fixture.ts'
import { SpeechInference } from './speechInference.ts'

const RATE = 16000
const ONE_THREAD = { threads: 1, note: '' }

let server: PackServer
let speech: SpeechInference
let info: EngineInfo

beforeAll(async () => {
  configureNodeRuntime()
  server = await servePack()
  speech = new SpeechInference(ONE_THREAD)
  info = await speech.load(server.pack, 'auto', () => undefined)
}, 120_000)

afterAll(() => server.close())

describe('SpeechInference on the tiny pack', () => {
  it('computes what numpy computed for the stored clip', () => {
    expect(info).toMatchObject({ provider: 'wasm', variant: 'fp32', threads: 1 })
    expect(info.parityCosine).toBeGreaterThan(0.999999)
  })

  it('averages the windows of long audio', async () => {
    const audio = drawNumbers(3.5 * RATE, 7)
    const whole = await speech.encode(audio)
    const first = await speech.encode(audio.slice(0, 2 * RATE))
    const second = await speech.encode(audio.slice(1.5 * RATE))
    const expected = averageEmbeddings([first.embedding, second.embedding])
    expect(dotProduct(whole.embedding, expected)).toBeCloseTo(1, 5)
    expect(dotProduct(whole.embedding, first.embedding)).toBeLessThan(0.9999)
    expect(whole.windows.map((window) => window.embedding.length)).toEqual([6, 6])
    expect(whole.windows.map(({ span }) => [span.startSeconds, span.endSeconds])).toEqual([
      [0, 2],
      [1.5, 3.5],
    ])
    expect(dotProduct(whole.windows[0].embedding, first.embedding)).toBeCloseTo(1, 5)
    expect(dotProduct(whole.windows[1].embedding, second.embedding)).toBeCloseTo(1, 5)
  })

  it('writes a transcript in the letters of the alphabet, or none without an alphabet', async () => {
    const audio = drawNumbers(RATE, 3)
    expect((await speech.encode(audio)).transcript).toMatch(/^[abc ]+$/)
    const { alphabet: _, ...wordless } = server.pack.manifest.speech!
    const other = new SpeechInference(ONE_THREAD)
    const manifest = { ...server.pack.manifest, speech: wordless }
    await other.load({ ...server.pack, manifest }, 'auto', () => undefined)
    expect((await other.encode(audio)).transcript).toBeNull()
  })

  it('pads every window with zeros to the length that the graph takes', async () => {
    const { manifest, baseUrl } = server.pack
    const fixed = new SpeechInference(ONE_THREAD)
    const fixedSamples = 2 * RATE
    const padded = { ...manifest.speech!, fixedSamples }
    // The stored self-test is of unpadded audio, which this encoder hears otherwise.
    const speechOf = { ...padded, parity: { ...padded.parity, minCosine: 0 } }
    await fixed.load({ baseUrl, manifest: { ...manifest, speech: speechOf } }, 'auto', () => undefined)
    const audio = drawNumbers(RATE, 5)
    const filled = new Float32Array(fixedSamples)
    filled.set(audio)
    const { embedding, transcript } = await fixed.encode(audio)
    const expected = await speech.encode(filled)
    expect(dotProduct(embedding, expected.embedding)).toBeCloseTo(1, 5)
    expect(dotProduct(embedding, (await speech.encode(audio)).embedding)).toBeLessThan(0.9999)
    expect(transcript!.length).toBeLessThan(expected.transcript!.length)
    // 2.1 s: two windows, since none may be longer than the graph takes.
    expect((await fixed.encode(drawNumbers(2.1 * RATE, 6))).embedding.length).toBe(6)
  })

  it('pads audio shorter than an analysis frame and refuses none at all', async () => {
    const { embedding } = await speech.encode(drawNumbers(50, 1))
    expect(dotProduct(embedding, embedding)).toBeCloseTo(1, 5)
    await expect(speech.encode(new Float32Array(0))).rejects.toMatchObject({ problem: { code: 'no-audio' } })
  })

  it('takes the next variant where the preferred one fails its self-test, and says so', async () => {
    const { manifest, baseUrl } = server.pack
    const [fp32] = manifest.speech!.encoder
    const encoder = [{ ...fp32, variant: 'int8' as const, minCosine: 1.1 }, fp32]
    const pack = { baseUrl, manifest: { ...manifest, speech: { ...manifest.speech!, encoder } } }
    const loaded = await new SpeechInference(ONE_THREAD).load(pack, 'auto', () => undefined)
    expect(loaded.variant).toBe('fp32')
    expect(loaded.fallback).toContain('speech encoder runs as fp32')
  })

  it('refuses a pack without a speech encoder', async () => {
    const { speech: _, ...manifest } = server.pack.manifest
    await expect(
      new SpeechInference(ONE_THREAD).load({ ...server.pack, manifest }, 'auto', () => undefined),
    ).rejects.toMatchObject({ problem: { code: 'no-speech-model' } })
  })
})
