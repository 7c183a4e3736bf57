import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dotProduct, matrixRow } from '../../domain/embedding/embedding.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import { CtInference } from './ctInference.ts'
import { loadProbeInput } from './parityProbe.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'
import { SpeechInference } from './speechInference.ts'

const FOLDER = 'public/models/phantom-mini'
const isAbsent = !existsSync(new URL(`../../../${FOLDER}/manifest.json`, import.meta.url))
const ONE_THREAD = { threads: 1, note: '' }
const ignore = () => undefined

let server: PackServer

/** The bundled graphs are fp32: both encoders must give Python's numbers, not only their direction. */
function expectPythons(embedding: Float32Array, expected: readonly number[]): void {
  const largest = embedding.reduce((most, value, n) => Math.max(most, Math.abs(value - expected[n])), 0)
  expect(embedding).toHaveLength(expected.length)
  expect(largest).toBeLessThanOrEqual(1e-3)
  expect(dotProduct(embedding, Float32Array.from(expected))).toBeGreaterThanOrEqual(0.9999)
}

async function fetchFloats(file: { file: string; bytes: number; sha256: string }): Promise<Float32Array> {
  return new Float32Array(await fetchPackFile(server.pack.baseUrl, file))
}

// Before the pack is trained there is nothing to test; in CI an absent pack is a failure.
describe.skipIf(isAbsent && !process.env.CI)(`the bundled pack (${FOLDER})`, () => {
  beforeAll(async () => {
    configureNodeRuntime()
    server = await servePack(FOLDER)
  }, 120_000)

  afterAll(() => server.close())

  it('computes on wasm what PyTorch computed, and its heat sums to the cosine of every prompt', async () => {
    const { manifest, baseUrl } = server.pack
    const ct = new CtInference(ONE_THREAD)
    const { parityCosine } = await ct.load(server.pack, { provider: 'wasm', variant: 'auto' }, ignore)
    expect(parityCosine).toBeGreaterThanOrEqual(manifest.ct.parity.minCosine)
    const { embedding } = await ct.encode('probe', await loadProbeInput(baseUrl, manifest.ct.parity))
    expectPythons(embedding, manifest.ct.parity.expected)
    const prompts = await fetchFloats(manifest.prompts)
    const heat = await ct.heat('probe', prompts)
    const { dimension } = manifest.embedding
    const tokens = heat.length / (prompts.length / dimension)
    expect(tokens).toBe(manifest.ct.tokenGrid.reduce((all, n) => all * n, 1))
    for (let n = 0; n < prompts.length / dimension; n++) {
      const sum = matrixRow(heat, n, tokens).reduce((all, value) => all + value, 0)
      expect(sum).toBeCloseTo(dotProduct(embedding, matrixRow(prompts, n, dimension)), 4)
    }
  }, 300_000)

  it('hears on wasm what PyTorch heard, and writes it down', async () => {
    const { speech } = server.pack.manifest
    if (!speech) throw new Error('the bundled pack has no speech encoder')
    const inference = new SpeechInference(ONE_THREAD)
    const { parityCosine } = await inference.load(server.pack, 'auto', ignore)
    expect(parityCosine).toBeGreaterThanOrEqual(speech.parity.minCosine)
    const { transcript, embedding } = await inference.encode(await loadProbeInput(server.pack.baseUrl, speech.parity))
    expectPythons(embedding, speech.parity.expected)
    expect(transcript).toMatch(/^[a-z' ]{3,}$/)
  }, 300_000)

  it('ships prompts and a library of unit vectors', async () => {
    const { prompts, library, embedding } = server.pack.manifest
    if (!library.embeddings) throw new Error('The bundled pack has no library.')
    for (const vectors of [await fetchFloats(prompts), await fetchFloats(library.embeddings)])
      for (let n = 0; n < vectors.length / embedding.dimension; n++) {
        const row = matrixRow(vectors, n, embedding.dimension)
        expect(dotProduct(row, row)).toBeCloseTo(1, 4)
      }
  })
})
