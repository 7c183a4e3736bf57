/** What a file is by its first bytes; names and extensions are not trusted. */
export type FileKind = 'dicom' | 'dicomdir' | 'nifti' | 'nifti-pair' | 'gzip' | 'zip' | 'unknown'

/** Enough bytes for `sniffFile`: a NIfTI-2 header is the longest. */
export const SNIFF_BYTES = 544

const MEDIA_DIRECTORY_SOP_CLASS = '1.2.840.10008.1.3.10'
const NIFTI_HEADER_BYTES = [348, 540]

const textAt = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length))

export function sniffFile(head: Uint8Array): FileKind {
  if (textAt(head, 128, 4) === 'DICM') return isDirectory(head) ? 'dicomdir' : 'dicom'
  if (textAt(head, 0, 4) === 'PK\x03\x04' || textAt(head, 0, 4) === 'PK\x05\x06') return 'zip'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return sniffNifti(head) ?? (findBareSyntax(head) ? 'dicom' : 'unknown')
}

const isDirectory = (head: Uint8Array) => textAt(head, 132, head.length - 132).includes(MEDIA_DIRECTORY_SOP_CLASS)

function sniffNifti(head: Uint8Array): FileKind | null {
  if (head.length < 348) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const headerBytes = NIFTI_HEADER_BYTES.find((n) => view.getInt32(0, true) === n || view.getInt32(0, false) === n)
  if (headerBytes === undefined) return null
  const magic = textAt(head, headerBytes === 348 ? 344 : 4, 3)
  if (magic === 'n+1' || magic === 'n+2') return 'nifti'
  return magic === 'ni1' || magic === 'ni2' ? 'nifti-pair' : null
}

/** How a DICOM file that lacks the 128-byte preamble begins. */
export type BareSyntax = 'file-meta' | 'explicit' | 'implicit'

/**
 * Recognises old exports without preamble: the first element must belong to group 0002 or 0008, with a known VR or, for
 * implicit VR, with a plausible even length. Null for everything else.
 */
export function findBareSyntax(head: Uint8Array): BareSyntax | null {
  if (head.length < 16) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const group = view.getUint16(0, true)
  const element = view.getUint16(2, true)
  if ((group !== 0x0002 && group !== 0x0008) || element > 0x0070) return null
  const hasVr = /^(UL|UI|CS|DA|TM|OB|SH|LO|PN|DT|AE)$/.test(textAt(head, 4, 2))
  if (hasVr) return group === 0x0002 ? 'file-meta' : 'explicit'
  const length = view.getUint32(4, true)
  return group === 0x0008 && length <= 128 && length % 2 === 0 ? 'implicit' : null
}
