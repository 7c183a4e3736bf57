import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDirectInput } from '../../../phantom/directInput.ts'
import { createPhantomCase } from '../../../phantom/phantomCase.ts'
import { renderScanInput } from '../../../phantom/scanInput.ts'
import type { CtInputSpec, TrilinearInputSpec } from '../../domain/ct/ctInputSpec.ts'
import { toSeenFindings } from '../../domain/findings/seen.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import { CtInference } from './ctInference.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'

const ROOT = new URL('../../../', import.meta.url)
const GOLDEN = new URL('fixtures/golden/ct_encoder/', ROOT)

/** What training/voxct/pack/golden.py measured with onnxruntime on cases of the internal test. */
interface Measured {
  readonly seeds: readonly number[]
  readonly labels: readonly (readonly number[])[]
  readonly margins: readonly (readonly number[])[]
  readonly meanAuroc: number | null
}

interface Golden {
  readonly trunkSha256: string
  readonly headSha256: string
  readonly direct: Measured
  readonly scan: Measured
}

const PACKS = existsSync(GOLDEN)
  ? readdirSync(GOLDEN).flatMap((name) => /^(phantom-[\w-]+)\.json$/.exec(name)?.[1] ?? [])
  : []

/** Training stores inputs as bytes; the graphs must be compared on the same numbers. */
const toStored = (data: Float32Array): Float32Array =>
  data.map((value) => Math.round(127 * Math.min(Math.max(value, -1), 1)) / 127)

/** Packs of one grid see the same drawings, each of which takes as long to make as to encode. */
const drawn = new Map<string, Float32Array>()

function drawOnce(kind: string, seed: number, spec: CtInputSpec, draw: () => Float32Array): Float32Array {
  const key = JSON.stringify([kind, seed, spec])
  const input = drawn.get(key) ?? toStored(draw())
  drawn.set(key, input)
  return input
}

/** Share of the pairs (case with the finding, case without) that the scores order rightly, ties half. */
function auroc(labels: readonly number[], scores: readonly number[]): number | null {
  let right = 0
  let pairs = 0
  for (const [a, present] of labels.entries())
    for (const [b, other] of labels.entries())
      if (present && !other) {
        pairs++
        right += scores[a] > scores[b] ? 1 : scores[a] === scores[b] ? 0.5 : 0
      }
  return pairs > 0 ? right / pairs : null
}

function meanAuroc(labels: Measured['labels'], margins: readonly (readonly number[])[]): number {
  const values = labels[0].flatMap((_, f) => {
    const value = auroc(
      labels.map((row) => row[f]),
      margins.map((row) => row[f]),
    )
    return value === null ? [] : [value]
  })
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

it('has stated figures of the default pack to hold it to', () => {
  expect(PACKS).toContain('phantom-mini')
})

describe.each(PACKS)('the stated figures of %s, made again by the code of the browser', (pack) => {
  const golden = JSON.parse(readFileSync(new URL(`${pack}.json`, GOLDEN), 'utf8')) as Golden
  let server: PackServer
  let manifest: Manifest
  let score: (input: Float32Array) => Promise<number[]>

  beforeAll(async () => {
    configureNodeRuntime()
    server = await servePack(`public/models/${pack}`)
    manifest = server.pack.manifest
    const ct = new CtInference({ threads: 1, note: '' })
    const ignore = () => undefined
    await ct.load(server.pack, { provider: 'wasm', variant: 'auto' }, ignore)
    const vectors = new Float32Array(await fetchPackFile(server.pack.baseUrl, manifest.prompts!))
    const { dimension, logitScale } = manifest.embedding
    score = async (input) => {
      const { embedding } = await ct.encode('case', input)
      const options = { logitScale, kind: manifest.promptKind.ct }
      return toSeenFindings(embedding, { vectors, dimension }, manifest.findings, options).map(({ margin }) => margin)
    }
  }, 900_000)

  afterAll(() => server.close())

  async function scoreAll(measured: Measured, render: (seed: number) => Float32Array): Promise<number[][]> {
    const rows: number[][] = []
    for (const [n, seed] of measured.seeds.entries()) {
      const margins = await score(render(seed))
      rows.push(margins)
      const largest = Math.max(...margins.map((margin, f) => Math.abs(margin - measured.margins[n][f])))
      expect(largest, `case ${seed}`).toBeLessThanOrEqual(2e-3)
    }
    return rows
  }

  it('belongs to the graphs that ship', () => {
    expect(manifest.ct.trunk[0].sha256).toBe(golden.trunkSha256)
    expect(manifest.ct.head[0].sha256).toBe(golden.headSha256)
  })

  /** On whose grid phantoms are drawn directly. */
  function toSpec(): TrilinearInputSpec {
    const { input } = manifest.ct
    if (input.interpolation !== 'trilinear') throw new Error('The bundled packs resample to a spacing.')
    return input
  }

  it('ranks the findings of rendered phantoms as well as stated', async () => {
    const { direct } = golden
    expect(direct.seeds.length).toBeGreaterThanOrEqual(40)
    const rows = await scoreAll(direct, (seed) =>
      drawOnce('direct', seed, toSpec(), () => renderDirectInput(createPhantomCase(seed), toSpec()).data),
    )
    expect(Math.abs(meanAuroc(direct.labels, rows) - (direct.meanAuroc ?? Number.NaN))).toBeLessThanOrEqual(0.005)
  }, 900_000)

  it('sees in a scan that the app renders and prepares what training saw', async () => {
    const rows = await scoreAll(golden.scan, (seed) =>
      drawOnce('scan', seed, manifest.ct.input, () => renderScanInput(createPhantomCase(seed), manifest.ct.input)),
    )
    expect(rows.length).toBeGreaterThanOrEqual(3)
  }, 900_000)
})
