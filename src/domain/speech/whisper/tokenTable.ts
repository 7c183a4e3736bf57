import { failure, type Result, success } from '../../../base/result.ts'

/*
 * The table of a pack's tokens (training/voxct/speech/whisper/vocabulary.py): uint32 length of the header (little-endian),
 * the header (JSON: format, count), the length of every token as a byte, then the bytes of all tokens.
 */

const TABLE_FORMAT = 'voxct-tokens/1'
const LENGTH_BYTES = 4
const SPACE = 0x20

/** Byte-pair tokens by id; special ones have no bytes. */
export interface TokenTable {
  readonly count: number
  /** UTF-8 of the tokens end to end; bytes that are no character become U+FFFD. */
  readonly decode: (ids: readonly number[]) => string
  /** Whether a word begins with it. */
  readonly opensWord: (id: number) => boolean
}

const invalid = (message: string): Result<never> =>
  failure({
    code: 'tokens-invalid',
    message: `The table of tokens of the model pack is not valid: ${message}.`,
    nextStep: 'Use a pack written by the training scripts of this version.',
  })

function readCount(text: string): number | null {
  try {
    const { format, count } = JSON.parse(text) as { format?: unknown; count?: unknown }
    return format === TABLE_FORMAT && typeof count === 'number' ? count : null
  } catch {
    return null
  }
}

/** Problem: `tokens-invalid`. */
export function parseTokenTable(bytes: Uint8Array): Result<TokenTable> {
  if (bytes.length < LENGTH_BYTES) return invalid('it is empty')
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const at = LENGTH_BYTES + size
  const count = readCount(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, at)))
  if (count === null) return invalid(`its header is not ${TABLE_FORMAT}`)
  const starts = new Uint32Array(count + 1)
  starts[0] = at + count
  for (let id = 0; id < count; id++) starts[id + 1] = starts[id] + (bytes[at + id] ?? 0)
  if (starts[count] !== bytes.length) return invalid('its length is not that of its tokens')
  const decode = (ids: readonly number[]): string => {
    const pieces = ids.flatMap((id) => [...bytes.subarray(starts[id], starts[id + 1])])
    return new TextDecoder().decode(Uint8Array.from(pieces))
  }
  const opensWord = (id: number): boolean => starts[id + 1] > starts[id] && bytes[starts[id]] === SPACE
  return success({ count, decode, opensWord })
}
