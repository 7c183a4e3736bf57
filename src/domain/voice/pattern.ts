import { toSpokenWords } from './spokenWords.ts'

/** One step of a pattern. */
export type PatternItem =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'slot'; readonly name: string }
  /** One of several phrases, or none where it is optional. */
  | { readonly kind: 'choice'; readonly phrases: readonly (readonly string[])[]; readonly isOptional: boolean }

/** Groups that many patterns share, by the name that stands in angle brackets. */
const SHARED: Readonly<Record<string, string>> = {
  show: '(show me|show|let me see|see|give me|go to|take me to|jump to|bring up|open|display|find|look at|i want|go back to|switch to|change to|get)',
  set: '(show me|show|let me see|give me|put on|put it on|switch to|change to|set|use|turn on|make it|make|go to|apply|i want|switch on|put)',
  on: '(turn on|switch on|show me|show|put on|activate|enable|toggle|start|use|display|turn|open|put|draw)',
  off: '(turn off|switch off|hide|remove|disable|close|no)',
  draw: '(draw|measure|use|take|make|start|place|put|annotate with|add|give me)',
}

const isSlot = (text: string): boolean => text.startsWith('{')

function toItems(part: string): PatternItem[] {
  if (isSlot(part)) return [{ kind: 'slot', name: part.slice(1, -1) }]
  const group = /^([([])(.+)[)\]]$/.exec(part)
  if (!group) return toSpokenWords(part).map(({ word }) => ({ kind: 'word', word }))
  const phrases = group[2].split('|').map((phrase) => toSpokenWords(phrase).map(({ word }) => word))
  return [{ kind: 'choice', phrases, isOptional: group[1] === '(' }]
}

/**
 * A phrase of the command table: words; `{slot}`; `[one|or another]` of several phrases; `(one|or another)` of them or none;
 * `<show>`: a group that many share. Words that stand together are read as one stretch.
 */
export function parsePattern(pattern: string): PatternItem[] {
  const whole = pattern.replaceAll(/<(\w+)>/g, (_, name: string) => {
    if (!(name in SHARED)) throw new Error(`No group is called <${name}>: ${pattern}`)
    return SHARED[name]
  })
  return (whole.match(/\{\w+\}|\([^)]*\)|\[[^\]]*\]|[^{}()[\]]+/g) ?? [])
    .filter((part) => part.trim() !== '')
    .flatMap((part) => toItems(part.trim()))
}

/** The phrase as an example of what to say: without what may be left out, slots in braces. */
export const toExample = (pattern: string): string =>
  pattern
    .replaceAll(/<\w+>|\([^)]*\)/g, '')
    .replaceAll(/\[([^\]|]*)[^\]]*\]/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
