/** A file to read: dropped, picked or taken out of an archive. Its bytes stay on disk until they are needed. */
export interface SourceFile {
  /** Path inside the dropped folder or archive, for messages and order. */
  readonly path: string
  readonly blob: Blob
  /** Its first bytes, where they were at hand as it was unpacked: a read by itself costs more than what it gives. */
  readonly head?: Uint8Array
}

/** Called as work goes on: what is being done, and how far it is (0…1, or null where the length is unknown). */
export type OnProgress = (label: string, fraction: number | null) => void

/** Files as a drop or a file dialog gives them; folders keep their paths. */
export function toSourceFiles(files: readonly File[]): SourceFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }))
}

export async function readBytes(blob: Blob, start = 0, end = blob.size): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(start, end).arrayBuffer())
}

const CLUTTER_NAMES = new Set(['thumbs.db', 'desktop.ini'])
const CLUTTER_PATTERN = /^(license|licence|readme)([._-].*)?$/

/** Files that operating systems, DICOM discs and data sets put beside the images: left out without a word. */
export function isClutter(path: string): boolean {
  const parts = path.split('/')
  const name = (parts.at(-1) ?? '').toLowerCase()
  return name.startsWith('.') || parts.includes('__MACOSX') || CLUTTER_NAMES.has(name) || CLUTTER_PATTERN.test(name)
}
