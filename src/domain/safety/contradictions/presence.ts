import { isContraryStatus, type Mention } from '../../statements/foldStatements.ts'
import type { Statement } from '../../statements/statement.ts'
import type { ContradictionAlert } from '../alert.ts'
import { clash } from '../spokenPlace.ts'
import { toPairs } from './inOrder.ts'

const WORTH = { surely: 0.95, maybe: 0.6 } as const
/** Of a pair of which the sound alone states one. */
const UNWRITTEN = 0.6

/** "The remaining lung is free of nodules", "no effusion on the other side": of what was not spoken of before. */
const OF_THE_REST =
  /\b(other|others|further|additional|another|remaining|remainder|rest|elsewhere|otherwise|contralateral|opposite|new)\b/i

const isOfTheRest = ({ status, words }: Statement): boolean =>
  (status === 'absent' || status === 'resolved') && words !== null && OF_THE_REST.test(words)

function toWorth([a, b]: readonly [Mention, Mention]): number {
  if (!isContraryStatus(a.statement.status, b.statement.status)) return 0
  if (isOfTheRest(a.statement) || isOfTheRest(b.statement)) return 0
  const [there, denied] = a.statement.status === 'present' ? [a, b] : [b, a]
  const how = clash(there.statement.place, denied.statement.place)
  if (how === 'no') return 0
  const isWritten = [a, b].every(({ statement: { words, isSet } }) => isSet || words !== null)
  return isWritten ? WORTH[how] : WORTH[how] * UNWRITTEN
}

/**
 * A finding that is there and is not there, at one place. Of the pairs that hang together the first of the surest is told, so that
 * saying the same once more makes no alert anew.
 */
export function findPresence(findingId: string, mentions: readonly Mention[]): ContradictionAlert[] {
  const pairs = toPairs(mentions).flatMap((pair) => {
    const worth = toWorth(pair)
    return worth > 0 ? [{ pair, worth }] : []
  })
  const told: ContradictionAlert[] = []
  let met = new Set<Mention>()
  for (const first of pairs) {
    if (first.pair.some((one) => met.has(one))) continue
    const own = spread(
      first.pair,
      pairs.map(({ pair }) => pair),
    )
    met = new Set([...met, ...own])
    const { pair, worth } = pairs
      .filter((one) => own.has(one.pair[0]))
      .reduce((best, one) => (one.worth > best.worth ? one : best), first)
    const id = `presence ${findingId} ${pair.map(({ utteranceId, statement }) => `${utteranceId} ${statement.status}`).join(' ')}`
    told.push({ kind: 'contradiction', about: 'presence', id, findingId, mentions: pair, worth })
  }
  return told
}

/** All mentions that contradict one of the pair, or one that contradicts one of it, and so on. */
function spread(pair: readonly [Mention, Mention], pairs: readonly (readonly [Mention, Mention])[]): Set<Mention> {
  const own = new Set<Mention>(pair)
  for (let before = 0; before < own.size; ) {
    before = own.size
    for (const one of pairs) if (one.some((mention) => own.has(mention))) for (const mention of one) own.add(mention)
  }
  return own
}
