import { renderDirectInput } from '../../phantom/directInput.ts'
import type { FindingDetails } from '../../phantom/findingDetails.ts'
import { createPhantomCase, type PhantomCase } from '../../phantom/phantomCase.ts'
import { renderScan } from '../../phantom/renderScan.ts'
import { toPhantomSeed } from '../../phantom/splits.ts'
import { toTokenShares } from '../../phantom/tokenShares.ts'
import type { TrilinearInputSpec } from '../../src/domain/ct/ctInputSpec.ts'
import { toCtInput } from '../../src/domain/ct/toCtInput.ts'
import { toAxes, toNeighbours, toPlaceDirection } from '../../src/domain/grounding/tokenShares.ts'
import { scoreCases, toBestIndices } from '../../src/domain/retrieval/rankCases.ts'
import type { Vec3 } from '../../src/domain/volume/volume.ts'
import { CtInference } from '../../src/inference/worker/ctInference.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { fetchPackFile } from '../../src/packs/fetch/packFiles.ts'
import { CELLS, isNear, reduce, scoreGrids, toBasis, toCell, toCellDirections, toInt8 } from './tokenGrids.ts'

/*
 * `npm run measure:place -- [N] [grids]`: N phantoms (40) of the internal test with one lesion on one side, each asked for in the bundled library by the
 * place where its lesion is largest and by the whole scan. Prints how many of the first ten cases have the finding, and have it on
 * that side or on both; by chance it is the share of the library that has. `grids`: besides by what is kept of every case's
 * tokens in 4³ cells, whole and in 24 axes of 8 bits, by the best cell and by the best of those near the place; minutes, as each case is seen once.
 */

const TOP = 10
const REACHES = [0, 1, 2]
const [wanted = '40', kept = '0'] = process.argv.slice(2)
/** Numbers a cell that are kept in 8 bits. */
const KEPT_AXES = 24

configureNodeRuntime(true)
const server = await servePack('public/models/phantom-mini')
const { manifest, baseUrl } = server.pack
const { ct, embedding, library } = manifest
if (!library.embeddings) throw new Error('the bundled pack has no library')
/** The generator's masks follow the same order. */
const IDS: readonly string[] = manifest.findings.map(({ id }) => id)
const rows = new Float32Array(await fetchPackFile(baseUrl, library.embeddings))
const encoder = new CtInference({ threads: 1, note: '' })
await encoder.load(server.pack, { provider: 'wasm', variant: 'auto' }, () => undefined)

const findingsOf = library.cases.map(({ open }) =>
  open?.kind === 'phantom' ? createPhantomCase(open.seed).findings : [],
)

type Lesion = FindingDetails & { readonly side: 'left' | 'right' }

function* drawPhantoms(): Generator<{ readonly phantom: PhantomCase; readonly lesion: Lesion }> {
  for (let n = 0; ; n++) {
    const phantom = createPhantomCase(toPhantomSeed('internal', n))
    const [lesion] = phantom.findings
    if (phantom.findings.length === 1 && lesion.side && lesion.side !== 'both')
      yield { phantom, lesion: lesion as Lesion }
  }
}

/** The token of which the lesion fills the greatest share. */
function toLargest(phantom: PhantomCase, lesion: Lesion): Vec3 {
  const input = ct.input as TrilinearInputSpec
  const patch = input.shape.map((voxels, axis) => voxels / ct.tokenGrid[axis]) as unknown as Vec3
  const { findingMask } = renderDirectInput(phantom, input)
  const shares = toTokenShares(findingMask, input.shape, patch, IDS.length)
  const finding = IDS.indexOf(lesion.finding)
  const own = Array.from({ length: shares.length / IDS.length }, (_, t) => shares[t * IDS.length + finding])
  const token = own.indexOf(Math.max(...own))
  const [, b, c] = ct.tokenGrid
  return [Math.floor(token / (b * c)), Math.floor(token / c) % b, token % c]
}

interface Outcome {
  /** Whether one of the first ten has the finding on the side, and the shares of the ten that have it there, and at all. */
  readonly hit: number
  readonly placed: number
  readonly finding: number
}

function judge(direction: Float32Array | null, lesion: Lesion): Outcome {
  return judgeScores(direction && scoreCases(direction, rows), lesion)
}

function judgeScores(scores: Float32Array | null, lesion: Lesion): Outcome {
  const nearest = scores ? toBestIndices(scores, TOP) : []
  const same = nearest.map((n) => findingsOf[n].filter(({ finding }) => finding === lesion.finding))
  const placed = same.filter((own) => own.some(({ side }) => side === lesion.side || side === 'both')).length
  return { hit: Number(placed > 0), placed: placed / TOP, finding: same.filter((own) => own.length > 0).length / TOP }
}

function byChance(lesion: Lesion): Outcome {
  const share = (is: (one: FindingDetails) => boolean) =>
    findingsOf.filter((own) => own.some((one) => one.finding === lesion.finding && is(one))).length / findingsOf.length
  const placed = share(({ side }) => side === lesion.side || side === 'both')
  return { hit: 1 - (1 - placed) ** TOP, placed, finding: share(() => true) }
}

/** What every token of a scan gives to its embedding. */
async function see(phantom: PhantomCase) {
  const { data } = toCtInput(renderScan(phantom).volume, ct.input)
  const id = String(phantom.seed)
  const { embedding: whole } = await encoder.encode(id, data)
  const values = await encoder.heat(id, toAxes(0, embedding.dimension, embedding.dimension))
  return { whole, shares: { values, dimension: embedding.dimension, grid: ct.tokenGrid } }
}

/** Token grids of the library's cases, f32 [cases, CELLS³, dimension]. */
async function keepGrids(): Promise<Float32Array> {
  const perCase = CELLS ** 3 * embedding.dimension
  const grids = new Float32Array(library.cases.length * perCase)
  for (const [n, { open }] of library.cases.entries()) {
    if (open?.kind === 'phantom')
      grids.set(toCellDirections((await see(createPhantomCase(open.seed))).shares), n * perCase)
    if (n % 20 === 19) process.stderr.write(`${n + 1} of ${library.cases.length} cases seen\n`)
  }
  return grids
}

const outcomes = new Map<string, Outcome[]>()
const note = (name: string, outcome: Outcome) => outcomes.set(name, [...(outcomes.get(name) ?? []), outcome])
const tokens = ct.tokenGrid[0] * ct.tokenGrid[1] * ct.tokenGrid[2]
const grids = kept === 'grids' ? await keepGrids() : null
const basis = grids && toBasis(grids, embedding.dimension, KEPT_AXES)
const small = grids && basis && toInt8(reduce(grids, basis, embedding.dimension))

function judgeGrids(direction: Float32Array | null, token: Vec3, lesion: Lesion): void {
  if (!grids || !basis || !small || !direction) return
  const near = isNear(toCell(token, ct.tokenGrid))
  const reduced = reduce(direction, basis, embedding.dimension)
  note('grids 4³, whole directions, best cell', judgeScores(scoreGrids(direction, grids), lesion))
  note('grids 4³, whole directions, cells near by', judgeScores(scoreGrids(direction, grids, near), lesion))
  note('grids 4³ × 24 int8, best cell', judgeScores(scoreGrids(reduced, small), lesion))
  note('grids 4³ × 24 int8, cells near by', judgeScores(scoreGrids(reduced, small, near), lesion))
}

for (const { phantom, lesion } of drawPhantoms()) {
  if ((outcomes.get('chance')?.length ?? 0) === Number(wanted)) break
  const { whole, shares } = await see(phantom)
  const token = toLargest(phantom, lesion)
  note('chance', byChance(lesion))
  note('whole scan', judge(whole, lesion))
  for (const reach of REACHES)
    note(
      `place, ${2 * reach + 1}³ tokens`,
      judge(toPlaceDirection(shares, toNeighbours(token, ct.tokenGrid, reach)), lesion),
    )
  judgeGrids(toPlaceDirection(shares, toNeighbours(token, ct.tokenGrid, 1)), token, lesion)
}
server.close()

const mean = (numbers: readonly number[]) => (numbers.reduce((a, b) => a + b, 0) / numbers.length).toFixed(2)
const print = (line: string) => process.stdout.write(`${line}\n`)
print(`${wanted} phantoms with one lesion on one side, ${library.cases.length} cases of ${tokens} tokens each`)
print(
  '| query | finding and side within the first ten | of the first ten: finding and side | finding |\n|---|---|---|---|',
)
for (const [name, own] of outcomes)
  print(
    `| ${name} | ${mean(own.map(({ hit }) => hit))} | ${mean(own.map(({ placed }) => placed))} | ${mean(own.map(({ finding }) => finding))} |`,
  )
