import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineChoice, PackSource } from '../engines.ts'
import { CtInference } from './ctInference.ts'
import { configureNodeRuntime, drawNumbers, type PackServer, servePack } from './servePack.fixture.ts'

const ONE_THREAD = { threads: 1, note: '' }
const WASM: EngineChoice = { provider: 'wasm', variant: 'auto' }
const VOXELS = 4 * 6 * 8
const ignore = () => undefined

let whole: PackServer
let staged: PackServer
let ct: CtInference
const labels: { label: string; fraction: number | null }[] = []

beforeAll(async () => {
  configureNodeRuntime()
  whole = await servePack('fixtures/models/tiny')
  staged = await servePack('fixtures/models/tiny-staged')
  ct = new CtInference(ONE_THREAD)
  await ct.load(staged.pack, WASM, (label, fraction) => labels.push({ label, fraction }))
}, 120_000)

afterAll(() => {
  whole.close()
  staged.close()
})

/** The staged pack with another part in the place of one. */
function withPart(n: number, change: object): PackSource {
  const { manifest, baseUrl } = staged.pack
  const [variant] = manifest.ct.trunk
  const next = variant.next!.map((part, at) => (at === n ? { ...part, ...change } : part))
  return { baseUrl, manifest: { ...manifest, ct: { ...manifest.ct, trunk: [{ ...variant, next }] } } }
}

describe('a trunk in parts, with external data and a probe of repeated voxels', () => {
  it('passes the self-test that numpy made', async () => {
    const info = await new CtInference(ONE_THREAD).load(staged.pack, WASM, ignore)
    expect(info.parityCosine).toBeGreaterThan(0.999999)
    expect(Date.now() - (info.testedAt ?? 0)).toBeLessThan(60_000)
  })

  it('gives the tokens of the whole trunk', async () => {
    const volume = drawNumbers(VOXELS, 11)
    const one = new CtInference(ONE_THREAD)
    await one.load(whole.pack, WASM, ignore)
    const expected = await one.encode('a', volume)
    const { tokens, embedding } = await ct.encode('a', volume)
    for (const [n, value] of expected.tokens.entries()) expect(tokens[n]).toBeCloseTo(value, 5)
    for (const [n, value] of expected.embedding.entries()) expect(embedding[n]).toBeCloseTo(value, 5)
  })

  it('loads each file once, with one bar over all of them, then tests with one of its own', () => {
    const loading = labels.filter(({ label }) => label.startsWith('Loading the CT encoder (fp32)'))
    const fractions = loading.map(({ fraction }) => fraction ?? -1)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expect(loading[0].label).toContain('0.0 MB')
    const tested = labels.filter(({ label }) => label.startsWith('Testing')).map(({ fraction }) => fraction)
    expect(tested).toEqual([null, 0.25, 0.5, 0.65, 0.8, 1])
  })

  it('tells how far an encoding is', async () => {
    const told: (number | null)[] = []
    await ct.encode('b', drawNumbers(VOXELS, 12), (_, fraction) => told.push(fraction))
    expect(told).toEqual([null, 0.25, 0.5, 0.65, 0.8, 1])
  })

  it('ends a cancelled encoding before its next run, keeps no tokens of it, and encodes again', async () => {
    const told: (number | null)[] = []
    const encoding = ct.encode('c', drawNumbers(VOXELS, 13), (_, fraction) => {
      told.push(fraction)
      if (fraction === 0.25) setTimeout(() => ct.cancel())
    })
    await expect(encoding).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(told.length).toBeLessThan(5)
    await expect(ct.heat('c', drawNumbers(6, 1))).rejects.toMatchObject({ problem: { code: 'tokens-gone' } })
    expect((await ct.encode('c', drawNumbers(VOXELS, 13))).embedding.length).toBe(6)
  })

  it('names the part or the external file that is missing or wrong', async () => {
    const load = (pack: PackSource) => new CtInference(ONE_THREAD).load(pack, WASM, ignore)
    await expect(load(withPart(0, { file: 'absent.onnx' }))).rejects.toMatchObject({
      problem: { code: 'model-missing', message: expect.stringContaining('absent.onnx') },
    })
    const [external] = staged.pack.manifest.ct.trunk[0].external!
    const wrong = { ...external, sha256: '0'.repeat(64) }
    await expect(load(withPart(1, { external: [wrong] }))).rejects.toMatchObject({
      problem: { code: 'model-corrupt', message: expect.stringContaining('weights.bin') },
    })
    const { file } = staged.pack.manifest.ct.trunk[0].next![1]
    await expect(load(withPart(1, { external: undefined }))).rejects.toMatchObject({
      problem: { message: expect.stringContaining(file) },
    })
  })
})
