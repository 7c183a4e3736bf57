import { Tokenizer } from '@huggingface/tokenizers'
import { failure, type Result, success } from '../../base/result.ts'

/** A sentence as the numbers that a text encoder reads. */
export interface TextTokenizer {
  /** [CLS], word pieces, [SEP]: int64, at most `maxTokens`; of a longer text the end is cut and [SEP] kept. */
  toIds(text: string): BigInt64Array
}

const invalid = (cause: string) =>
  failure({
    code: 'tokenizer-invalid',
    message: `The tokenizer of the model pack is not valid: ${cause}.`,
    nextStep:
      'Export the text tower once more (tokenizer.json of Hugging Face tokenizers); typed queries wait until then.',
  })

/**
 * A tokenizer from the bytes of its `tokenizer.json` (Hugging Face tokenizers).
 * Problem: `tokenizer-invalid` where the file is not JSON or names what the library does not know.
 */
export function openTokenizer(bytes: ArrayBuffer, maxTokens: number): Result<TextTokenizer> {
  try {
    const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(bytes)), {})
    const toIds = (text: string) => {
      const { ids } = tokenizer.encode(text)
      const kept = ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]] : ids
      return BigInt64Array.from(kept, BigInt)
    }
    toIds('')
    return success({ toIds })
  } catch (thrown) {
    return invalid(thrown instanceof Error ? thrown.message : String(thrown))
  }
}
