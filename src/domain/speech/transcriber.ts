import { toBestPath, toTranscript } from './ctc.ts'
import { WordSearch } from './decodeWords.ts'
import { Language } from './language.ts'
import type { LanguageFile } from './languageFile.ts'
import { Lexicon } from './lexicon.ts'

/** Writes down what the frames of a speech encoder say. */
export interface Transcriber {
  /** `logProbs`: row-major [frames, letters], natural logarithms. */
  readonly toText: (logProbs: Float32Array) => string
}

/** The likeliest letter of every frame and nothing else. */
export const createLetterTranscriber = (alphabet: readonly string[]): Transcriber => ({
  toText: (logProbs) => toTranscript(toBestPath(logProbs, alphabet.length), alphabet),
})

/**
 * Words by beam search. Speech of which the lexicon holds little comes out as its letters: where the found words explain
 * the frames worse than the best path by more than `doubtLimit` a letter, they were not what was said. No letters at
 * all (silence, noise) stay no text.
 */
export function createWordTranscriber(file: LanguageFile, alphabet: readonly string[]): Transcriber {
  const language = new Language(file)
  const search = new WordSearch(language, new Lexicon(language, alphabet), file.settings, alphabet)
  const toText = (logProbs: Float32Array): string => {
    const path = toBestPath(logProbs, alphabet.length)
    const letters = toTranscript(path, alphabet)
    if (letters === '') return ''
    const { text, score } = search.run(logProbs)
    const best = path.reduce((sum, letter, frame) => sum + logProbs[frame * alphabet.length + letter], 0)
    return (best - score) / letters.length > file.settings.doubtLimit ? letters : text
  }
  return { toText }
}
