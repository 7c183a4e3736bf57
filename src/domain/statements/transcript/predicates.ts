import type { Status } from '../statement.ts'
import { toVocabulary } from './mentions.ts'
import { readTranscript } from './readTranscript.ts'
import { toHeardWords } from './tokens.ts'

/** How a sentence goes on whose subject was said before a pause: "is possible", "has resolved", "not seen". */
const PREDICATE =
  /^(and )?(is|are|was|were|isn't|aren't|has|have|had|hasn't|haven't|cannot|can|could|may|might|appears?|seems?|remains?|not|no longer)\b/i
/** "Is there a nodule?" asks anew; "not a nodule", "may I have" tell of something else, "may represent a scar" only of what it is. */
const OTHERS =
  /^(and )?((is|are|was|were|has|have|can|could|may|might) (there|it|this|that|they|he|she|you|we|i)\b|(may|might|could|can|appears? to|seems? to) (represent|reflect|indicate|suggest|be (an?|due|related|from|secondary))\b|not (a|an|the|any)\b)/i
const SUBJECT = 'finding'
const VOCABULARY = toVocabulary([
  { id: SUBJECT, label: SUBJECT, synonyms: [], spoken: { affirms: [SUBJECT], denies: [], ignores: [] } },
])

/**
 * What an utterance that begins in mid-sentence says of the finding that the utterance before it ended with: a pause, or speech
 * too long for one utterance, may part a subject from "is possible". Null where it begins a sentence of its own.
 */
export function readPredicate(text: string): Status | null {
  const [first] = text.trim().split(/(?<=[.!?])\s/)
  if (!first || !PREDICATE.test(first) || OTHERS.test(first) || first.endsWith('?')) return null
  const { readings } = readTranscript(toHeardWords(`The ${SUBJECT} ${first.replace(/^and /i, '')}`), VOCABULARY)
  return readings[0]?.status ?? null
}
