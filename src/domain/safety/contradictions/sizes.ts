import type { Mention } from '../../statements/foldStatements.ts'
import { isEqualPlace, type Statement } from '../../statements/statement.ts'
import type { ContradictionAlert } from '../alert.ts'
import { isOneOfSeveral, isOneSentence, toPairs } from './inOrder.ts'

/** Two nodules of one lobe are no contradiction; the more a place says, the likelier one is meant. */
const WORTH = { lobe: 0.6, side: 0.5, none: 0.4 } as const
const WORTH_OF_SIDES = 0.5

const isThere = ({ statement: { status, sizeMm } }: Mention): boolean =>
  sizeMm !== null && (status === 'present' || status === 'uncertain')

/** Half of the last place that was spoken, mm: "two centimetres" may be 15 to 25 mm. */
const toRoundingMm = ({ sizeMm, words }: Statement): number =>
  sizeMm !== null && sizeMm % 10 === 0 && /\b\d*\s?(cm|centimet)/i.test(words ?? '') ? 5 : 0.5

/** Sizes of one diameter, as far as they were spoken. A hair is for what binary fractions add. */
const isOneSize = (a: Statement, b: Statement): boolean =>
  Math.abs((a.sizeMm ?? 0) - (b.sizeMm ?? 0)) <= toRoundingMm(a) + toRoundingMm(b) + 1e-6

function toAlert(about: 'size' | 'side', findingId: string, pair: readonly [Mention, Mention], worth: number) {
  const told = pair.map(({ utteranceId, statement: { place, sizeMm } }) => `${utteranceId} ${place.side} ${sizeMm}`)
  return {
    kind: 'contradiction',
    about,
    id: `${about} ${findingId} ${told.join(' ')}`,
    findingId,
    mentions: pair,
    worth,
  } as const
}

const areOneThing = ([a, b]: readonly [Mention, Mention]): boolean =>
  !isOneSentence(a, b) && !isOneOfSeveral(a.statement) && !isOneOfSeveral(b.statement)

/** Two sizes of one finding at one place that no rounding explains. */
export const findSizes = (findingId: string, mentions: readonly Mention[]): ContradictionAlert[] =>
  toPairs(mentions.filter(isThere))
    .filter((pair) => areOneThing(pair))
    .flatMap(([a, b]) => {
      const { place } = a.statement
      if (!isEqualPlace(place, b.statement.place) || isOneSize(a.statement, b.statement)) return []
      return [toAlert('size', findingId, [a, b], WORTH[place.lobe ? 'lobe' : place.side ? 'side' : 'none'])]
    })

/** One size of one finding on both sides, said apart: as likely one thing on the wrong side as two. */
export const findSides = (findingId: string, mentions: readonly Mention[]): ContradictionAlert[] =>
  toPairs(mentions.filter(isThere))
    .filter((pair) => areOneThing(pair))
    .flatMap(([a, b]) => {
      const [one, other] = [a.statement.place, b.statement.place]
      const isOpposite = [one.side, other.side].sort().join() === 'left,right'
      const isLobe = one.lobe === other.lobe || one.lobe === null || other.lobe === null
      return isOpposite && isLobe && a.statement.sizeMm === b.statement.sizeMm
        ? [toAlert('side', findingId, [a, b], WORTH_OF_SIDES)]
        : []
    })
