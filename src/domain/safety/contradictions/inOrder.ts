import type { Mention } from '../../statements/foldStatements.ts'
import type { Statement } from '../../statements/statement.ts'

/** The same pair of an earlier and a later mention once each, in the order of the dictation. */
export const toPairs = (mentions: readonly Mention[]): (readonly [Mention, Mention])[] =>
  mentions.flatMap((later, at) => mentions.slice(0, at).map((earlier) => [earlier, later] as const))

/** One of several is spoken of: another with another size, or on another side, contradicts nothing. */
const ONE_OF_SEVERAL =
  /\b(another|second|third|fourth|other|others|additional|further|also|new|multiple|several|numerous|two|three|largest|larger|biggest|smallest|smaller|contralateral|opposite|bilateral|bilaterally|both|each|respectively)\b/i

export const isOneOfSeveral = ({ words }: Statement): boolean => words !== null && ONE_OF_SEVERAL.test(words)

/** Mentions of one sentence say what belongs together: "8 mm on the right and 5 mm on the left". */
export const isOneSentence = (a: Mention, b: Mention): boolean =>
  a.utteranceId === b.utteranceId && a.statement.words === b.statement.words
