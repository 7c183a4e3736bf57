import { readBytes } from '../sourceFile.ts'

const WINDOW_BYTES = 64 * 1024

/**
 * Reads an archive by windows: small entries that lie one behind another take one read of the file together. An archive
 * may have a hundred thousand of them, and a read by itself costs more than what it gives.
 */
export class ArchiveReader {
  #window: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #windowAt = 0

  constructor(readonly archive: Blob) {}

  /** Fewer bytes where the archive ends before. They may be a view of others: not to be changed or handed on. */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (end - start > WINDOW_BYTES) return readBytes(this.archive, start, end)
    if (start < this.#windowAt || end > this.#windowAt + this.#window.length) {
      this.#window = await readBytes(this.archive, start, Math.min(start + WINDOW_BYTES, this.archive.size))
      this.#windowAt = start
    }
    return this.#window.subarray(start - this.#windowAt, end - this.#windowAt)
  }
}
