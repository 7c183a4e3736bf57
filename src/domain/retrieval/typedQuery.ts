import type { QueryPart, QuerySource } from './query.ts'

/** "…, but no X", "… without X", "… minus X": the words that part what is wanted from what is not. */
const WITHOUT =
  /[,;]?\s*\b(?:but (?:with )?(?:no|not|without|lacking)|but|and no|and without|without|with no|minus|except(?: for)?)\s+(?:any |an? |the |evidence of |signs of )*/i
/** What is joined to "like this …". */
const ALSO = /[,;]?\s*\b(?:and also|and with|plus|and|with)\s+/i

const CASES = '(?:(?:cases?|scans?|patients?|studies|ones?|anything|something) )?(?:that (?:is|are|look|looks) )?'
const LIKE = `${CASES}(?:like|similar to|resembling) `
const THIS =
  '(?:this|the present|the current)(?: (?:ct|scan|case|patient|one|study))?|(?:the|this) (?:ct|scan|case|patient)'
const SAID = '(?:what (?:i|was) (?:just )?said|(?:the|my) last (?:sentence|utterance)|that)'
const DICTATED = '(?:(?:the|my) (?:whole )?(?:dictation|report)|(?:all|everything) (?:that )?(?:i|was) said)'
const matching = (what: string) => new RegExp(`^(?:${LIKE})(?:${what})$`, 'i')
const LIKE_SCAN = matching(THIS)
const LIKE_SAID = matching(SAID)
const LIKE_DICTATED = matching(DICTATED)

export interface TypedContext {
  /** Whether the words name a finding of the pack, and so may be asked to be absent. */
  namesFinding(text: string): boolean
  /** What was said last about the study; null where nothing was. */
  readonly latestUtteranceId: string | null
}

function toLikeSource(text: string, { latestUtteranceId }: TypedContext): QuerySource | null {
  if (LIKE_SCAN.test(text)) return { kind: 'ct' }
  if (LIKE_DICTATED.test(text)) return { kind: 'dictation' }
  return LIKE_SAID.test(text) && latestUtteranceId ? { kind: 'utterance', utteranceId: latestUtteranceId } : null
}

const toPart = (source: QuerySource, isWithout = false): QueryPart => ({ source, weight: 1, isWithout })

/** "like this scan, with a nodule": the scan and the sentence behind it. Null where the text begins with no likeness. */
function readLikeness(text: string, context: TypedContext): QueryPart[] | null {
  const [head, ...tail] = text.split(ALSO)
  const whole = toLikeSource(text, context)
  if (whole) return [toPart(whole)]
  const source = toLikeSource(head, context)
  return source ? [toPart(source), ...tail.map((one) => toPart({ kind: 'text', text: one }))] : null
}

const tidy = (text: string): string =>
  text
    .trim()
    .replace(/[.!?,;]+$/, '')
    .replace(/\s+/g, ' ')

/**
 * A typed sentence as parts of a query: "like this but no effusion" is this scan without "effusion". What stands behind
 * "without" must name a finding: "unchanged without contrast" stays one sentence, and so does one that denies from its first
 * word on. A sentence of one part is given as it was typed.
 */
export function parseTypedQuery(typed: string, context: TypedContext): QueryPart[] {
  const text = tidy(typed)
  const [head, ...excluded] = text.split(WITHOUT).map(tidy)
  const isParted = head !== '' && excluded.length > 0 && excluded.every(context.namesFinding)
  const wanted = isParted ? head : text
  const parts = readLikeness(wanted, context) ?? [toPart({ kind: 'text', text: isParted ? wanted : typed.trim() })]
  return isParted ? [...parts, ...excluded.map((one) => toPart({ kind: 'text', text: one }, true))] : parts
}
