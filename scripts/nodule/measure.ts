import { makeNodule, NODULE_KINDS, type NoduleSpec } from '../../phantom/nodules.fixture.ts'
import { isRefusal } from '../../src/domain/nodule/cutNodule.ts'
import { measureNodule, NODULE_REACH_MM } from '../../src/domain/nodule/measureNodule.ts'
import { toNoduleCrop } from '../../src/domain/nodule/noduleCrop.ts'

/*
 * `npm run measure:nodule -- [N] [SLICES] [SIZES]`: nodules of known volume in N phantoms (1), in slices of 1 and 2.5 mm ("1,2.5") and of
 * 5 to 20 mm ("5,6,8,10,15,20"), each clicked at ten places. Prints errors of the volume in percent: median, 95th percentile of their
 * size, spread (highest minus lowest of the ten, median over nodules), of part-solid ones the core's; and how many were refused, or called
 * another kind. An hour on two idle cores.
 */

const [wanted = '1', slices = '1,2.5', sizes = '5,6,8,10,15,20'] = process.argv.slice(2)
const print = (line: string) => process.stdout.write(`${line}\n`)

const atShare = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
const text = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(1))

interface Clicks {
  readonly errors: number[]
  readonly coreErrors: number[]
  readonly refusals: Map<string, number>
  otherKind: number
}

function click(spec: NoduleSpec, into: Clicks): number {
  const { volume, volumeMm3, coreMm3, seedsLpsMm } = makeNodule(spec)
  const kind = spec.kind === 'ground glass' || spec.kind === 'part-solid' ? spec.kind : 'solid'
  const own: number[] = []
  for (const seed of seedsLpsMm) {
    const found = measureNodule(toNoduleCrop(volume, seed, NODULE_REACH_MM), seed)
    if (isRefusal(found)) into.refusals.set(found.refusal, (into.refusals.get(found.refusal) ?? 0) + 1)
    else {
      own.push(100 * (found.volumeMm3 / volumeMm3 - 1))
      if (found.kind !== kind) into.otherKind++
      if (found.coreMm3 !== null && coreMm3 > 0) into.coreErrors.push(100 * (found.coreMm3 / coreMm3 - 1))
    }
  }
  into.errors.push(...own)
  return own.length > 0 ? Math.max(...own) - Math.min(...own) : Number.NaN
}

print(
  '| nodule | slices mm | size mm | clicks | refused | other kind | median % | 95 % of errors | spread | core 95 % |',
)
print('|---|---|---|---|---|---|---|---|---|---|')
for (const kind of NODULE_KINDS)
  for (const sliceMm of slices.split(',').map(Number))
    for (const diameterMm of sizes.split(',').map(Number)) {
      const clicks: Clicks = { errors: [], coreErrors: [], refusals: new Map(), otherKind: 0 }
      const spreads = Array.from({ length: Number(wanted) }, (_, number) =>
        click({ kind, diameterMm, spacingMm: [0.7, 0.7, sliceMm], number }, clicks),
      )
      const refused = [...clicks.refusals.values()].reduce((a, b) => a + b, 0)
      const sizesOf = (errors: readonly number[]) => text(atShare(errors.map(Math.abs), 0.95))
      const { errors, coreErrors, otherKind } = clicks
      const spread = atShare(
        spreads.filter((one) => !Number.isNaN(one)),
        0.5,
      )
      print(
        `| ${kind} | ${sliceMm} | ${diameterMm} | ${errors.length + refused} | ${refused} | ${otherKind} | ${text(atShare(errors, 0.5))} | ${sizesOf(errors)} | ${text(spread)} | ${sizesOf(coreErrors)} |`,
      )
      for (const [why, count] of clicks.refusals) print(`| | | | | ${count}: ${why} | | | | | |`)
    }
