import type { EmbeddingReading } from './readEmbeddings.ts'
import type { Vocabulary } from './transcript/mentions.ts'
import { type ReadTranscript, readTranscript } from './transcript/readTranscript.ts'
import { respell } from './transcript/respell.ts'
import type { HeardWord } from './transcript/tokens.ts'

/**
 * "Now acute airspace disease" may have been "No acute airspace disease": heard before a bare noun the two are one sound to a
 * transcriber. A new finding is told with an article, a verb, a place or a figure.
 */
const TOLD_AS_NEW =
  /^(an?|the|with|there|it|this|we|is|are|was|has|have|in|on|at|of|seen|more|less|larger|smaller|bigger|new|resolved|gone|clear|also|measur\w+|\d.*)$/i

/** When the sentences begin that may be denied, s: with the "now", or behind it where that is taken for a clause of its own. */
const findMistakableStarts = (words: readonly HeardWord[]): ReadonlySet<number> =>
  new Set(
    words.flatMap(({ text, span }, n) => {
      const isNow = /^now$/i.test(text) && (n === 0 || /[.!?]$/.test(words[n - 1].text))
      const next = words[n + 1]
      if (!isNow || !next || !span || !next.span || TOLD_AS_NEW.test(next.text)) return []
      return [span.startSeconds, next.span.startSeconds]
    }),
  )

function doubtNow(read: ReadTranscript, words: readonly HeardWord[]): ReadTranscript {
  const starts = findMistakableStarts(words)
  const isDoubted = ({ status, span }: ReadTranscript['readings'][number]) =>
    status === 'present' && span !== null && starts.has(span.startSeconds)
  return { ...read, readings: read.readings.map((one) => (isDoubted(one) ? { ...one, status: 'uncertain' } : one)) }
}

/**
 * What the words of an utterance state. Doubtful words are taken for words of the pack where they then state what no other
 * word does and the embedding states alike: one letter alone makes no finding.
 */
export function readWords(
  words: readonly HeardWord[],
  heard: readonly EmbeddingReading[],
  { vocabulary, spellings }: { readonly vocabulary: Vocabulary; readonly spellings: ReadonlySet<string> },
): ReadTranscript {
  const read = doubtNow(readTranscript(words, vocabulary), words)
  const meant = respell(words, spellings)
  if (meant.every((word, n) => word === words[n])) return read
  const anew = readTranscript(meant, vocabulary)
  const named = [...read.elsewhere, ...anew.elsewhere, ...read.readings.map(({ findingId }) => findingId)]
  const confirmed = anew.readings.filter(
    ({ findingId, status }) =>
      !named.includes(findingId) && heard.some((one) => one.findingId === findingId && one.status === status),
  )
  return { ...read, readings: [...read.readings, ...confirmed] }
}
