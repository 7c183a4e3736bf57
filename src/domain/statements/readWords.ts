import type { EmbeddingReading } from './readEmbeddings.ts'
import type { Vocabulary } from './transcript/mentions.ts'
import { type ReadTranscript, readTranscript } from './transcript/readTranscript.ts'
import { respell } from './transcript/respell.ts'
import type { HeardWord } from './transcript/tokens.ts'

/**
 * What the words of an utterance state. Doubtful words are taken for words of the pack where they then state what no other
 * word does and the embedding states alike: one letter alone makes no finding.
 */
export function readWords(
  words: readonly HeardWord[],
  heard: readonly EmbeddingReading[],
  { vocabulary, spellings }: { readonly vocabulary: Vocabulary; readonly spellings: ReadonlySet<string> },
): ReadTranscript {
  const read = readTranscript(words, vocabulary)
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
