import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Language, NO_WORDS } from './language.ts'
import { type LanguageFile, parseLanguageFile } from './languageFile.ts'
import { createLetterTranscriber, createWordTranscriber } from './transcriber.ts'

interface GoldenCase {
  readonly said: string
  readonly frames: number
  readonly letters: string
  readonly text: string
}

const FOLDER = new URL('../../../fixtures/golden/speech/', import.meta.url)
const golden: { alphabet: string[]; cases: GoldenCase[] } = JSON.parse(
  readFileSync(new URL('decoding.json', FOLDER), 'utf8'),
)
const { alphabet } = golden

function readBytes(name: string): ArrayBuffer {
  const bytes = readFileSync(new URL(name, FOLDER))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}

function readLanguage(): LanguageFile {
  const parsed = parseLanguageFile(readBytes('decoding-language.bin'))
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.value
}

function cutClips(): { golden: GoldenCase; logProbs: Float32Array }[] {
  const all = new Float32Array(readBytes('decoding.f32'))
  let at = 0
  return golden.cases.map((row) => {
    const start = at
    at += row.frames * alphabet.length
    return { golden: row, logProbs: all.subarray(start, at) }
  })
}

const file = readLanguage()
const transcriber = createWordTranscriber(file, alphabet)

/** Frames in which the letters of a text are near certain, a blank between. */
function spell(text: string): Float32Array {
  const path = Array.from(text, (letter) => [0, alphabet.indexOf(letter)]).flat()
  const frames = new Float32Array((path.length + 1) * alphabet.length).fill(-12)
  for (const [frame, letter] of [...path, 0].entries()) frames[frame * alphabet.length + letter] = -0.001
  return frames
}

describe('the word transcriber', () => {
  it.each(cutClips())('finds what Python found in "$golden.said"', ({ golden: row, logProbs }) => {
    expect(createLetterTranscriber(alphabet).toText(logProbs)).toBe(row.letters)
    expect(transcriber.toText(logProbs)).toBe(row.text)
  })

  it('mends a word by the words around it', () => {
    expect(transcriber.toText(spell('plaural effusion is present'))).toBe('pleural effusion is present')
  })

  it('leaves a word that it does not know as it was spelled', () => {
    expect(transcriber.toText(spell('a pacemaker in denmark'))).toBe('a pacemaker in denmark')
  })

  it('gives back letters where the words explain nothing', () => {
    const timid = createWordTranscriber({ ...file, settings: { ...file.settings, doubtLimit: 0.01 } }, alphabet)
    expect(timid.toText(spell('plaural effusion'))).toBe('plaural effusion')
  })

  it('hears nothing in blanks and spaces', () => {
    expect(transcriber.toText(new Float32Array(0))).toBe('')
    expect(transcriber.toText(spell('  '))).toBe('')
  })

  it('keeps a doubled letter and merges a long one', () => {
    expect(transcriber.toText(spell('full stop'))).toBe('full stop')
    const frames = spell('no')
    const long = Float32Array.from({ length: frames.length * 3 }, (_, n) => {
      const frame = Math.floor(n / alphabet.length / 3)
      return frames[frame * alphabet.length + (n % alphabet.length)]
    })
    expect(transcriber.toText(long)).toBe('no')
  })
})

describe('the language', () => {
  const language = new Language(file)

  it('gives the words after any state probabilities that sum to one', () => {
    const stateAfter = (words: string[]) =>
      words.reduce((state, word) => language.step(state, file.words.indexOf(word)).next, language.start)
    for (const state of [
      NO_WORDS,
      language.start,
      stateAfter(['lung']),
      stateAfter(['effusion', 'is']),
      stateAfter(['no', 'the']),
    ]) {
      let sum = 0
      for (const [word, spelling] of file.words.entries())
        if (spelling !== '<s>') sum += Math.exp(language.step(state, word).logProb)
      expect(sum).toBeCloseTo(1, 1)
      expect(Math.abs(sum - 1)).toBeLessThan(0.01)
    }
  })

  it('expects the words of its sentences', () => {
    const id = (word: string) => file.words.indexOf(word)
    const { next } = language.step(language.step(language.start, id('pleural')).next, id('effusion'))
    expect(language.step(next, id('is')).logProb).toBeGreaterThan(-0.7)
    expect(language.step(next, id('lung')).logProb).toBeLessThan(-4)
  })
})

describe('parseLanguageFile', () => {
  const bytes = readBytes('decoding-language.bin')

  function refusal(change: (copy: Uint8Array) => ArrayBuffer): string {
    const result = parseLanguageFile(change(new Uint8Array(bytes.slice(0))))
    return result.ok ? 'accepted' : `${result.problem.code}: ${result.problem.message}`
  }

  it('refuses a file that is cut off, too long, or something else', () => {
    expect(refusal((copy) => copy.buffer.slice(0, copy.length - 4) as ArrayBuffer)).toContain('language-invalid')
    expect(refusal((copy) => Uint8Array.of(...copy, 0, 0, 0, 0).buffer)).toContain('the header promises')
    expect(refusal(() => new ArrayBuffer(2))).toContain('it has no header')
    expect(refusal(() => new TextEncoder().encode('<!doctype html><html></html>').buffer as ArrayBuffer)).toContain(
      'it has no header',
    )
  })

  it('refuses a header of another format', () => {
    expect(
      refusal((copy) => {
        copy[copy.indexOf('/'.charCodeAt(0)) + 1] = '9'.charCodeAt(0)
        return copy.buffer as ArrayBuffer
      }),
    ).toContain('its header is not that of voxct-language/1')
  })

  it('refuses n-grams that lead out of the file', () => {
    expect(
      refusal((copy) => {
        const headerBytes = new DataView(copy.buffer).getUint32(0, true)
        copy.fill(0xff, 4 + headerBytes, 8 + headerBytes)
        return copy.buffer as ArrayBuffer
      }),
    ).toContain('lead out of the file')
  })
})
