import type { Sniffed } from '../volumeFormat.ts'

const MEDIA_DIRECTORY_SOP_CLASS = '1.2.840.10008.1.3.10'

const textAt = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length))

/** DICOM with its preamble, or an old export without; a DICOMDIR lists others. */
export function sniffDicom(head: Uint8Array): Sniffed | null {
  if (textAt(head, 128, 4) === 'DICM') return isDirectory(head) ? 'directory' : 'image'
  return findBareSyntax(head) ? 'image' : null
}

const isDirectory = (head: Uint8Array) => textAt(head, 132, head.length - 132).includes(MEDIA_DIRECTORY_SOP_CLASS)

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
