import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPhantomCase } from '../../../phantom/phantomCase.ts'
import { renderScan } from '../../../phantom/renderScan.ts'
import { toCtInput } from '../../domain/ct/toCtInput.ts'
import { dotProduct, matrixRow, toUnit } from '../../domain/embedding/embedding.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import { CtInference } from './ctInference.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'

let server: PackServer
let ct: CtInference
let library: Float32Array
let parity: number | null

beforeAll(async () => {
  configureNodeRuntime()
  server = await servePack('fixtures/models/tiny-area')
  ct = new CtInference({ threads: 1, note: '' })
  const info = await ct.load(server.pack, { provider: 'wasm', variant: 'auto' }, () => undefined)
  parity = info.parityCosine
  library = new Float32Array(await fetchPackFile(server.pack.baseUrl, server.pack.manifest.library.embeddings!))
}, 120_000)

afterAll(() => server.close())

const seeds = () => server.pack.manifest.library.cases.map(({ open }) => (open?.kind === 'phantom' ? open.seed : 0))

const rendered = new Map<number, Volume>()

function render(seed: number): Volume {
  const volume = rendered.get(seed) ?? renderScan(createPhantomCase(seed)).volume
  rendered.set(seed, volume)
  return volume
}

const encode = (volume: Volume) => ct.encode(volume.id, toCtInput(volume, server.pack.manifest.ct.input).data)

/** Cosines to every case of the library. */
const rank = (embedding: Float32Array) =>
  seeds().map((_, n) => dotProduct(embedding, matrixRow(library, n, server.pack.manifest.embedding.dimension)))

/** The same voxels in the same places of the patient, stored from the other end of every axis. */
function turnRound(volume: Volume): Volume {
  const [i, j, k] = volume.size
  const far = (axis: 0 | 1 | 2) =>
    volume.originLpsMm[axis] +
    volume.directionLps.reduce((sum, way, n) => sum + way[axis] * (volume.size[n] - 1) * volume.spacingMm[n], 0)
  const hu = new Int16Array(volume.hu.length)
  for (let n = 0; n < hu.length; n++) hu[n] = volume.hu[hu.length - 1 - n]
  const turn = (way: Volume['directionLps'][number]) => [-way[0], -way[1], -way[2]] as const
  const [x, y, z] = volume.directionLps
  return {
    ...volume,
    id: 'turned',
    size: [i, j, k],
    hu,
    originLpsMm: [far(0), far(1), far(2)],
    directionLps: [turn(x), turn(y), turn(z)],
  }
}

it('passes the self-test that PyTorch made', () => {
  expect(parity).toBeGreaterThan(0.999999)
})

it('finds each phantom of its library first, as Python embedded it from a file', async () => {
  expect(seeds().length).toBe(6)
  for (const [n, seed] of seeds().slice(0, 2).entries()) {
    const cosines = rank((await encode(render(seed))).embedding)
    expect(cosines[n], `phantom ${seed}`).toBeGreaterThan(0.9999)
    expect(Math.max(...cosines.filter((_, at) => at !== n))).toBeLessThan(0.95)
  }
}, 60_000)

it('is told nothing else by a scan that is stored from the other end of every axis', async () => {
  const volume = render(seeds()[0])
  const straight = await encode(volume)
  const turned = await encode(turnRound(volume))
  expect(dotProduct(straight.embedding, turned.embedding)).toBeGreaterThan(0.999999)
}, 60_000)

it('shows where a direction comes from: the heat of the tokens sums to its cosine', async () => {
  const { embedding } = await encode({ ...render(seeds()[1]), id: 'lit' })
  const other = matrixRow(library, 4, 4)
  const heat = await ct.heat('lit', new Float32Array([...embedding, ...toUnit(other)]))
  const tokens = 5 * 4 * 4
  expect(heat.length).toBe(2 * tokens)
  const sum = (from: number) => heat.subarray(from, from + tokens).reduce((all, value) => all + value, 0)
  expect(sum(0)).toBeCloseTo(1, 4)
  expect(sum(tokens)).toBeCloseTo(dotProduct(embedding, other), 4)
}, 60_000)
