const HEADER_BYTES = [348, 540]

/** A volume in one file, or the header of a pair; null for anything else. */
export type NiftiKind = 'volume' | 'pair'

export function sniffNifti(head: Uint8Array): NiftiKind | null {
  if (head.length < 348) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const headerBytes = HEADER_BYTES.find((n) => view.getInt32(0, true) === n || view.getInt32(0, false) === n)
  if (headerBytes === undefined) return null
  const start = headerBytes === 348 ? 344 : 4
  const magic = String.fromCharCode(...head.subarray(start, start + 3))
  if (magic === 'n+1' || magic === 'n+2') return 'volume'
  return magic === 'ni1' || magic === 'ni2' ? 'pair' : null
}
