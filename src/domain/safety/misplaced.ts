import type { FindingId } from '../findings/finding.ts'
import type { SeenFinding } from '../findings/seen.ts'
import { isBelowThreshold } from '../grounding/heatStrength.ts'
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

/** Findings that are seen and said to be there at a place: those whose heat is to be asked for. */
export const findPlaced = (seen: readonly SeenFinding[], mentions: Mentions): SeenFinding[] =>
  seen.filter(
    (finding) =>
      !isBelowThreshold(finding) && mentions.get(finding.id)?.some((one) => isOf('present')(one) && saysPlace(one)),
  )

function toAlert({ id, probability }: SeenFinding, own: readonly Mention[], heat: HeatPlace): MisplacedAlert | null {
  const there = own.filter(isOf('present', 'uncertain'))
  const compared = there.map(({ statement }) => compareWithHeat(statement.place, heat))
  // What fits one of several places said, or one said without a place, is where the words put it.
  if (compared.length === 0 || compared.includes('fits')) return null
  const mentions = there.filter(isOf('present'))
  if (mentions.length === 0) return null
  const differs = compared.includes('third') ? 'third' : 'side'
  const said = mentions.map(({ statement }) => statement.place)
  const told = said.map(({ side, lobe }) => `${side ?? ''}/${lobe ?? ''}`).join()
  const at = differs === 'side' ? heat.side : heat.third
  const worth = probability * (differs === 'side' ? heat.sideShare : WORTH_OF_THIRD)
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

/** Lobes and thirds are not the same: a third that does not fit is a weaker sign than a side. */
const WORTH_OF_THIRD = 0.6

/** Findings whose heat lies on the other side, or in another third of the lungs, than every word of them says. Nothing is corrected. */
export const toMisplaced = (
  seen: readonly SeenFinding[],
  mentions: Mentions,
  heat: ReadonlyMap<FindingId, HeatPlace>,
): MisplacedAlert[] =>
  findPlaced(seen, mentions).flatMap((finding) => {
    const place = heat.get(finding.id)
    return (place && toAlert(finding, mentions.get(finding.id) ?? [], place)) ?? []
  })
