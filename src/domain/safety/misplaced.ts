import type { FindingId } from '../findings/finding.ts'
import type { SeenFinding } from '../findings/seen.ts'
import { toHeatStrength } from '../grounding/heatStrength.ts'
import type { Mention } from '../statements/foldStatements.ts'
import type { MisplacedAlert } from './alert.ts'
import type { HeatPlace } from './heatPlace.ts'
import { compareWithHeat } from './spokenPlace.ts'

type Mentions = ReadonlyMap<FindingId, readonly Mention[]>

const isOf =
  (...statuses: readonly Mention['statement']['status'][]) =>
  ({ statement }: Mention): boolean =>
    statuses.includes(statement.status)

const saysPlace = ({ statement: { place } }: Mention): boolean => place.side !== null || place.lobe !== null

/** Findings that are said to be there at a place: those whose heat is to be asked for. */
export const findPlaced = (seen: readonly SeenFinding[], mentions: Mentions): SeenFinding[] =>
  seen.filter(({ id }) => mentions.get(id)?.some((one) => isOf('present')(one) && saysPlace(one)))

/** Lobes and thirds are not the same: a third that does not fit is a weaker sign than a side. */
const WORTH_OF_THIRD = 0.6

function toAlert(finding: SeenFinding, own: readonly Mention[], heat: HeatPlace): MisplacedAlert | null {
  const { id, probability } = finding
  // One mention without a place beside one with says nothing more: "widening of the right bronchi, consistent with bronchiectasis".
  const there = own.filter((one) => isOf('present', 'uncertain')(one) && saysPlace(one))
  const compared = there.map(({ statement }) => compareWithHeat(statement.place, heat))
  // What fits one of several places is where the words put it.
  if (compared.includes('fits')) return null
  const mentions = there.filter(isOf('present'))
  if (mentions.length === 0) return null
  const differs = compared.includes('third') ? 'third' : 'side'
  const said = mentions.map(({ statement }) => statement.place)
  const told = said.map(({ side, lobe }) => `${side ?? ''}/${lobe ?? ''}`).join()
  const at = differs === 'side' ? heat.side : heat.third
  const worth = toHeatStrength(finding) * (differs === 'side' ? heat.sideShare : WORTH_OF_THIRD)
  return {
    kind: 'misplaced',
    id: `misplaced ${id} ${told} ${at}`,
    findingId: id,
    probability,
    differs,
    said,
    mentions,
    heat,
    worth,
  }
}

/**
 * Findings whose heat lies on the other side, or at another height of the lungs, than every word of them says; worth as much as the heat
 * is strong and clear of side. That of a finding that is hardly seen is worth little. Nothing is corrected.
 */
export const toMisplaced = (
  seen: readonly SeenFinding[],
  mentions: Mentions,
  heat: ReadonlyMap<FindingId, HeatPlace>,
): MisplacedAlert[] =>
  findPlaced(seen, mentions).flatMap((finding) => {
    const place = heat.get(finding.id)
    return (place && toAlert(finding, mentions.get(finding.id) ?? [], place)) ?? []
  })
