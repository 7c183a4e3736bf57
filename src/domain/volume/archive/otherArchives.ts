/** Archives that are refused by name: their first bytes, and where they stand. */
const SIGNATURES: readonly (readonly [name: string, at: number, bytes: readonly number[]])[] = [
  ['XZ (LZMA)', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7-Zip (LZMA)', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['LZMA', 0, [0x5d, 0x00, 0x00]],
  ['lzip (LZMA)', 0, [0x4c, 0x5a, 0x49, 0x50]],
  ['RAR', 0, [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['bzip2', 0, [0x42, 0x5a, 0x68]],
  ['Zstandard', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
]

/** What a file is packed by that is not read; null where nothing shows it. */
export function nameOtherArchive(head: Uint8Array): string | null {
  const found = SIGNATURES.find(([, at, bytes]) => bytes.every((byte, n) => head[at + n] === byte))
  return found?.[0] ?? null
}
