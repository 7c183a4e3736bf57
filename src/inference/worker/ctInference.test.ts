import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dotProduct, toUnit } from '../../domain/embedding/embedding.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { TrunkVariant } from '../../domain/model/manifest.ts'
import type { EngineChoice, PackSource } from '../engines.ts'
import { CtInference } from './ctInference.ts'
import { configureNodeRuntime, drawNumbers, type PackServer, servePack } from './servePack.fixture.ts'

const VOXELS = 4 * 6 * 8
const TOKENS = 2 * 3 * 4
const [WIDTH, DIMENSION] = [5, 6]
const ONE_THREAD = { threads: 1, note: 'one thread: a test' }

let server: PackServer
let ct: CtInference
let info: EngineInfo

const ignore = () => undefined
const WASM: EngineChoice = { provider: 'wasm', variant: 'auto' }
const load = (pack: PackSource, choice = WASM) => new CtInference(ONE_THREAD).load(pack, choice, ignore)

/** The tiny pack with other variants of its trunk. */
function withTrunk(...trunk: TrunkVariant[]): PackSource {
  const { manifest, baseUrl } = server.pack
  return { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, trunk } } }
}

beforeAll(async () => {
  configureNodeRuntime()
  server = await servePack()
  ct = new CtInference(ONE_THREAD)
  info = await ct.load(server.pack, WASM, ignore)
}, 120_000)

afterAll(() => server.close())

describe('CtInference on the tiny pack, wasm', () => {
  it('computes what numpy computed for the stored input', () => {
    expect(info).toMatchObject({ provider: 'wasm', variant: 'fp32', threads: 1, adapter: null })
    expect(info.parityCosine).toBeGreaterThan(0.999999)
    expect(info.note).toBe('chosen by the user; one thread: a test')
  })

  it('gives a unit embedding, and the mean of its tokens', async () => {
    const { embedding, tokens, tokenMean, encodeMs } = await ct.encode('a', drawNumbers(VOXELS, 1))
    expect(dotProduct(embedding, embedding)).toBeCloseTo(1, 5)
    expect([embedding.length, tokens.length, tokenMean.length]).toEqual([DIMENSION, TOKENS * WIDTH, WIDTH])
    let first = 0
    for (let n = 0; n < TOKENS; n++) first += tokens[n * WIDTH]
    expect(tokenMean[0]).toBeCloseTo(first / TOKENS, 6)
    expect(encodeMs).toBeGreaterThan(0)
  })

  it('gives heat whose sum is the cosine, for every direction of a batch', async () => {
    const { embedding } = await ct.encode('b', drawNumbers(VOXELS, 2))
    const rows = [3, 4, 5].map((seed) => toUnit(drawNumbers(DIMENSION, seed)))
    const directions = Float32Array.from(rows.flatMap((row) => [...row]))
    const heat = await ct.heat('b', directions)
    expect(heat.length).toBe(3 * TOKENS)
    for (const [n, row] of rows.entries()) {
      const sum = heat.subarray(n * TOKENS, (n + 1) * TOKENS).reduce((all, value) => all + value, 0)
      expect(sum).toBeCloseTo(dotProduct(embedding, row), 5)
    }
  })

  it('keeps the tokens of three volumes and says when they are gone', async () => {
    const direction = toUnit(drawNumbers(DIMENSION, 9))
    for (const id of ['p', 'q', 'r', 's']) await ct.encode(id, drawNumbers(VOXELS, id.charCodeAt(0)))
    await expect(ct.heat('p', direction)).rejects.toMatchObject({ problem: { code: 'tokens-gone' } })
    const before = await ct.heat('q', direction)
    ct.forget('q')
    await expect(ct.heat('q', direction)).rejects.toMatchObject({ problem: { code: 'tokens-gone' } })
    const { tokens } = await ct.encode('q', drawNumbers(VOXELS, 'q'.charCodeAt(0)))
    ct.forget('q')
    ct.keep('q', tokens)
    expect(await ct.heat('q', direction)).toEqual(before)
  })
})

describe('CtInference.load', () => {
  it('takes wasm, and says why, where there is no GPU', async () => {
    const { provider, note } = await load(server.pack, { provider: 'auto', variant: 'auto' })
    expect(provider).toBe('wasm')
    expect(note).toBe('this browser has no WebGPU; one thread: a test')
  })

  it('refuses a model that computes something else than in training', async () => {
    const { manifest, baseUrl } = server.pack
    const expected = manifest.ct.parity.expected.map((value) => -value)
    const parity = { ...manifest.ct.parity, expected }
    const wrong = { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, parity } } }
    await expect(load(wrong)).rejects.toMatchObject({ problem: { code: 'parity-failed' } })
  })

  it('names the file that is missing, and can load again afterwards', async () => {
    const { manifest, baseUrl } = server.pack
    const trunk = [{ ...manifest.ct.trunk[0], file: 'absent.onnx' }]
    const wrong = { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, trunk } } }
    const inference = new CtInference(ONE_THREAD)
    await expect(inference.load(wrong, WASM, ignore)).rejects.toMatchObject({
      problem: { code: 'model-missing', message: 'absent.onnx is not on the server (404).' },
    })
    await expect(inference.encode('a', drawNumbers(VOXELS, 1))).rejects.toMatchObject({
      problem: { code: 'model-not-loaded' },
    })
    expect((await inference.load(server.pack, WASM, ignore)).provider).toBe('wasm')
  })

  it('takes the first variant of the pack, or the one that was asked for', async () => {
    const [fp32] = server.pack.manifest.ct.trunk
    const pack = withTrunk({ ...fp32, variant: 'int8', providers: ['wasm'] }, fp32)
    expect(await load(pack)).toMatchObject({ variant: 'int8 and fp32', fallback: null })
    expect(await load(pack, { provider: 'wasm', variant: 'fp32' })).toMatchObject({ variant: 'fp32', fallback: null })
  })

  it('takes the next variant where one cannot be run here, and says so', async () => {
    const { trunk, head } = server.pack.manifest.ct
    const info = await load(withTrunk({ ...head[0], variant: 'int8' }, trunk[0]))
    expect(info).toMatchObject({ variant: 'fp32' })
    expect(info.fallback).toContain('CT encoder runs as fp32')
    expect(info.fallback).toContain('head.onnx')
  })

  it('asks of a variant the cosine that it names itself', async () => {
    const { manifest, baseUrl } = server.pack
    const parity = { ...manifest.ct.parity, minCosine: 1.1 }
    const trunk = [{ ...manifest.ct.trunk[0], minCosine: 0.99 }]
    const pack = { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, parity, trunk } } }
    expect((await load(pack)).fallback).toBeNull()
  })

  it('refuses a graph that is no ONNX', async () => {
    const { manifest, baseUrl } = server.pack
    const head = [{ ...manifest.prompts!, variant: 'fp32' as const, providers: ['wasm' as const] }]
    const wrong = { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, head } } }
    await expect(load(wrong)).rejects.toMatchObject({ problem: { message: expect.stringContaining('prompts.f32') } })
  })
})
