import { failure, type Result, success } from '../../base/result.ts'

/*
 * The words and n-grams of a pack, written by training/voxct/speech/language.py. Little-endian, every array padded to a
 * multiple of 4 bytes: uint32 length of the header, the header (JSON), then for each n-gram length 1…order
 * word u16[n] · logProb i16[n] · and, but for the longest, logBackoff i16[n] · firstChild u32[n + 1].
 */

const LANGUAGE_FORMAT = 'voxct-language/1'

/** Weights of the beam search in natural logarithms; training chose them on the validation split. */
export interface DecodingSettings {
  readonly languageWeight: number
  readonly wordBonus: number
  /** Cost of a word outside the lexicon, and of each of its letters. */
  readonly unknownWord: number
  readonly unknownLetter: number
  /** Most hypotheses kept a frame, and how far one may fall behind the best. */
  readonly beam: number
  readonly margin: number
  /** Above this much lost a letter against the best path, the words are not believed. */
  readonly doubtLimit: number
}

/** N-grams of one length, sorted by the n-gram that they extend, then by word; logarithms in units of 1/1024. */
export interface NgramLevel {
  readonly word: Uint16Array
  readonly logProb: Int16Array
  /** Empty at the longest length. */
  readonly logBackoff: Int16Array
  /** Children of n-gram i: firstChild[i] to firstChild[i + 1] of the next length. Empty at the longest length. */
  readonly firstChild: Uint32Array
}

export interface LanguageFile {
  readonly words: readonly string[]
  readonly levels: readonly NgramLevel[]
  readonly settings: DecodingSettings
}

interface Header {
  readonly format: string
  readonly counts: readonly number[]
  readonly settings: DecodingSettings
  readonly words: readonly string[]
}

const SETTINGS = [
  'languageWeight',
  'wordBonus',
  'unknownWord',
  'unknownLetter',
  'beam',
  'margin',
  'doubtLimit',
] as const

const invalid = (message: string): Result<never> =>
  failure({
    code: 'language-invalid',
    message: `The language file of the model pack is not valid: ${message}.`,
    nextStep: 'Use a pack written by the training scripts of this version.',
  })

function isHeader(json: unknown): json is Header {
  if (typeof json !== 'object' || json === null) return false
  const { format, counts, settings, words } = json as Record<string, unknown>
  return (
    format === LANGUAGE_FORMAT &&
    Array.isArray(counts) &&
    counts.length > 1 &&
    counts.every((count) => Number.isInteger(count) && count >= 0) &&
    Array.isArray(words) &&
    words.length === counts[0] &&
    words.every((word) => typeof word === 'string') &&
    typeof settings === 'object' &&
    settings !== null &&
    SETTINGS.every((name) => Number.isFinite((settings as Record<string, unknown>)[name]))
  )
}

function parseHeader(bytes: Uint8Array): Header | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isHeader(json) ? json : null
  } catch {
    return null
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4

const levelBytes = (count: number, isLongest: boolean): number =>
  padded(2 * count) * (isLongest ? 2 : 3) + (isLongest ? 0 : 4 * (count + 1))

function readLevel(buffer: ArrayBuffer, start: number, count: number, isLongest: boolean): NgramLevel {
  const block = padded(2 * count)
  return {
    word: new Uint16Array(buffer, start, count),
    logProb: new Int16Array(buffer, start + block, count),
    logBackoff: new Int16Array(buffer, start + 2 * block, isLongest ? 0 : count),
    firstChild: new Uint32Array(buffer, start + (isLongest ? 2 : 3) * block, isLongest ? 0 : count + 1),
  }
}

/** Indices that would lead out of the arrays are refused here, so that the search need not look. */
function levelsAreSound(levels: readonly NgramLevel[]): boolean {
  return levels.every((level, n) => {
    const next = levels[n + 1]
    const { firstChild } = level
    const areWords = level.word.every((word, entry) => (n === 0 ? word === entry : word < levels[0].word.length))
    if (!next) return areWords
    const areRising = firstChild.every((at, entry) => entry === 0 || at >= firstChild[entry - 1])
    return areWords && areRising && firstChild[0] === 0 && firstChild[firstChild.length - 1] === next.word.length
  })
}

/** Reads the file's bytes without copying them. Problem: `language-invalid`. */
export function parseLanguageFile(buffer: ArrayBuffer): Result<LanguageFile> {
  const headerBytes = buffer.byteLength < 4 ? 0 : new DataView(buffer).getUint32(0, true)
  if (headerBytes === 0 || headerBytes % 4 || 4 + headerBytes > buffer.byteLength) return invalid('it has no header')
  const header = parseHeader(new Uint8Array(buffer, 4, headerBytes))
  if (!header) return invalid(`its header is not that of ${LANGUAGE_FORMAT}`)
  const { counts, words, settings } = header
  const sizes = counts.map((count, n) => levelBytes(count, n === counts.length - 1))
  const expected = sizes.reduce((all, size) => all + size, 4 + headerBytes)
  if (expected !== buffer.byteLength) return invalid(`${buffer.byteLength} bytes where the header promises ${expected}`)
  let start = 4 + headerBytes
  const levels = counts.map((count, n) => {
    const level = readLevel(buffer, start, count, n === counts.length - 1)
    start += sizes[n]
    return level
  })
  if (!levelsAreSound(levels)) return invalid('its n-grams lead out of the file')
  if (!words.includes('<s>') || !words.includes('</s>')) return invalid('it has no start or end of a sentence')
  return success({ words, levels, settings })
}
