import { createSHA256, createXXHash128 } from 'hash-wasm'

/** What of a SHA-256 is kept, in hexadecimal digits: 128 bits, with which no two of a billion studies meet by chance. */
const HASH_DIGITS = 32

export type HashPart = string | number | null

export interface SaltedHasher {
  /** 32 hexadecimal digits of SHA-256 over the salt and the parts, which cannot run into one another. */
  hash(parts: readonly HashPart[]): string
  /**
   * All bytes of an array by XXH128 (32 digits): five gigabytes a second, where SHA-256 makes half of one. Unsalted and
   * no proof against forgery: a part for `hash`, never an id by itself.
   */
  digest(bytes: ArrayBufferView): string
}

/** Loads the hash functions (wasm; they run on plain http too, where `crypto.subtle` is missing). */
export async function createSaltedHasher(salt: string): Promise<SaltedHasher> {
  const [sha256, xxh128] = await Promise.all([createSHA256(), createXXHash128()])
  return {
    hash: (parts) =>
      sha256
        .init()
        .update(JSON.stringify([salt, ...parts]))
        .digest('hex')
        .slice(0, HASH_DIGITS),
    digest: ({ buffer, byteOffset, byteLength }) =>
      xxh128
        .init()
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex'),
  }
}
