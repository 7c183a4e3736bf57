import type { Lobe, Place } from '../statements/statement.ts'
import type { HeatPlace } from './heatPlace.ts'

/** The lingula is a part of the left upper lobe. */
const isWithinLobe = (part: Lobe | null, whole: Lobe | null): boolean =>
  whole === null || part === whole || (part === 'lingula' && whole === 'upper')

/** Whether all that lies at `part` lies at `whole`, too; what has no named place may lie anywhere. */
const isWithin = (part: Place, whole: Place): boolean =>
  (whole.side === null || whole.side === 'bilateral' || part.side === whole.side) && isWithinLobe(part.lobe, whole.lobe)

/**
 * Whether what is there at one place contradicts that there is nothing at another. `maybe`: they may be one place, as
 * "an effusion" and "no left effusion".
 */
export function clash(there: Place, denied: Place): 'surely' | 'maybe' | 'no' {
  if (isWithin(there, denied)) return 'surely'
  // On both sides is on each.
  if (there.side === 'bilateral' && isWithinLobe(there.lobe, denied.lobe)) return 'surely'
  const isSide = there.side === null || there.side === 'bilateral' || there.side === denied.side || denied.side === null
  const isSideOpen = isSide || denied.side === 'bilateral'
  const isLobeOpen =
    there.lobe === null || isWithinLobe(there.lobe, denied.lobe) || isWithinLobe(denied.lobe, there.lobe)
  return isSideOpen && isLobeOpen ? 'maybe' : 'no'
}

/**
 * Heights between the lungs' bases (0) and apices (1) where a lobe's tissue may lie. They overlap: behind, the lower lobe reaches over
 * two thirds, in front, the upper one down to the lower third. Beyond them lay one of 18 upper and none of 30 lower lobes' peaks
 * of internal phantoms.
 */
const REACH: Readonly<Record<Lobe, readonly [from: number, to: number]>> = {
  upper: [0.25, Number.POSITIVE_INFINITY],
  middle: [Number.NEGATIVE_INFINITY, 0.75],
  lingula: [Number.NEGATIVE_INFINITY, 0.75],
  lower: [Number.NEGATIVE_INFINITY, 0.8],
}

const isInReach = (lobe: Lobe, height: number): boolean => height >= REACH[lobe][0] && height <= REACH[lobe][1]

/** How a spoken place stands to the heat's: what is not said, or not clear from the heat, fits. */
export function compareWithHeat({ side, lobe }: Place, heat: HeatPlace): 'fits' | 'side' | 'third' {
  if (heat.side && (side === 'left' || side === 'right') && side !== heat.side) return 'side'
  if (heat.height !== null && lobe && !isInReach(lobe, heat.height)) return 'third'
  return 'fits'
}
