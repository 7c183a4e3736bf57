import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dotProduct, matrixRow } from '../../domain/embedding/embedding.ts'
import { scoreByReading } from '../../domain/findings/saidScore.ts'
import { scoreCases, toBestIndices } from '../../domain/retrieval/rankCases.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import { CtInference } from './ctInference.ts'
import { loadProbeInput } from './parityProbe.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'
import { SpeechInference } from './speechInference.ts'
import { TextInference } from './textInference.ts'

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
    const prompts = await fetchFloats(manifest.prompts!)
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

  it('reads typed sentences: each finding by its own name, with its cases first, and everyday talk as nothing', async () => {
    const { manifest } = server.pack
    const { text, speech, library, findings, embedding } = manifest
    if (!text?.leastScore || !speech?.reading || !library.embeddings)
      throw new Error('the bundled pack has no text tower')
    const inference = new TextInference(ONE_THREAD)
    const { parityCosine } = await inference.load(server.pack, 'auto', ignore)
    expect(parityCosine).toBeGreaterThanOrEqual(text.parity.minCosine)
    const score = scoreByReading({ vectors: await fetchFloats(speech.reading), dimension: embedding.dimension })
    const cases = await fetchFloats(library.embeddings)
    const shares: number[] = []
    for (const [n, { label }] of findings.entries()) {
      const typed = await inference.encode(`cases with ${label}`)
      const scores = findings.map((_, row) => score(typed, row))
      expect(scores.indexOf(Math.max(...scores)), label).toBe(n)
      expect(scores[n], label).toBeGreaterThanOrEqual(text.leastScore)
      const nearest = toBestIndices(scoreCases(typed, cases), 5)
      shares.push(nearest.filter((row) => library.cases[row].labels?.[n] === 1).length / 5)
    }
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThanOrEqual(0.95)
    for (const talk of [
      'pass the coffee',
      'where did you park the car',
      'zzz qwx',
      '',
      'next slice',
      'it rains today',
    ]) {
      const typed = await inference.encode(talk)
      const strongest = Math.max(...findings.map((_, n) => Math.abs(score(typed, n))))
      expect(strongest, talk).toBeLessThan(text.leastScore)
    }
    await inference.unload()
  }, 120_000)

  it('ships prompts and a library of unit vectors', async () => {
    const { prompts, library, embedding } = server.pack.manifest
    if (!library.embeddings) throw new Error('The bundled pack has no library.')
    for (const vectors of [await fetchFloats(prompts!), await fetchFloats(library.embeddings)])
      for (let n = 0; n < vectors.length / embedding.dimension; n++) {
        const row = matrixRow(vectors, n, embedding.dimension)
        expect(dotProduct(row, row)).toBeCloseTo(1, 4)
      }
  })
})
