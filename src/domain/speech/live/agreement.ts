import type { TimedWord } from '../transcription.ts'

/*
 * LocalAgreement-2 (D. Macháček, R. Dabre, O. Bojar: Turning Whisper into Real-Time Transcription System, IJCNLP-AACL 2023,
 * System Demonstrations): what two successive passes over growing audio agree upon, from the last settled word on, is settled.
 */

/** Words about speech under way. Times in seconds of its utterance. */
export interface LiveWords {
  /** Agreed by two successive passes; they stay. */
  readonly settled: readonly TimedWord[]
  /** The rest of the last pass: the next one may change it. */
  readonly unsettled: readonly TimedWord[]
}

export const NO_WORDS: LiveWords = { settled: [], unsettled: [] }

/** Spelling and punctuation at a word's edges are no other word. */
const toPlain = ({ text }: TimedWord): string =>
  text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || text

const isSameWord = (a: TimedWord, b: TimedWord): boolean => toPlain(a) === toPlain(b)

/**
 * How many of the first heard words say again what is settled: the beginning of `heard` nearest to `said` by edit distance
 * in words, the longest of equals, since what is counted to it cannot be shown twice.
 */
function countSaidAgain(said: readonly TimedWord[], heard: readonly TimedWord[]): number {
  let row = Array.from({ length: heard.length + 1 }, (_, n) => n)
  for (const [i, word] of said.entries()) {
    const next = [i + 1]
    for (const [j, other] of heard.entries())
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (isSameWord(word, other) ? 0 : 1)))
    row = next
  }
  return row.lastIndexOf(Math.min(...row))
}

function countAgreed(former: readonly TimedWord[], heard: readonly TimedWord[]): number {
  const differing = heard.findIndex((word, n) => !former[n] || !isSameWord(former[n], word))
  return differing < 0 ? heard.length : differing
}

/** A text that breaks off has no last sign: Whisper ends whatever it is given with a full stop. */
function withoutLastSign(words: readonly TimedWord[]): TimedWord[] {
  const last = words.at(-1)
  if (!last) return []
  return [...words.slice(0, -1), { ...last, text: last.text.replace(/[.,;:!?…]+$/, '') || last.text }]
}

/**
 * What stands after another pass, which heard these words in the audio from `fromSeconds` on. What was settled before that
 * stays; what was unsettled and has left the audio can be agreed upon no more and goes.
 */
export function agree(before: LiveWords, heard: readonly TimedWord[], fromSeconds: number): LiveWords {
  const isWithin = ({ startSeconds }: TimedWord) => startSeconds >= fromSeconds
  const fresh = withoutLastSign(heard.slice(countSaidAgain(before.settled.filter(isWithin), heard)))
  const agreed = countAgreed(before.unsettled.filter(isWithin), fresh)
  return { settled: [...before.settled, ...fresh.slice(0, agreed)], unsettled: fresh.slice(agreed) }
}
