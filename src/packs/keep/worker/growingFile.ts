import type { IHasher } from 'hash-wasm'

/** FileSystemSyncAccessHandle, which exists in workers only: writes go to the disk at once and survive a crash. */
export interface AccessHandle {
  getSize(): number
  read(buffer: Uint8Array, options: { at: number }): number
  write(buffer: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/** Rejects with NoModificationAllowedError where the file is open elsewhere. */
export async function openAccess(folder: FileSystemDirectoryHandle, name: string): Promise<AccessHandle> {
  const handle = await folder.getFileHandle(name, { create: true })
  return await (handle as unknown as { createSyncAccessHandle(): Promise<AccessHandle> }).createSyncAccessHandle()
}

const BLOCK_BYTES = 8 * 2 ** 20

/** Lets messages in, e.g. that the work is cancelled. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** A file on disk that grows, with the hash of what it holds. */
export class GrowingFile {
  #length = 0

  constructor(
    private readonly access: AccessHandle,
    private readonly hash: IHasher,
  ) {
    hash.init()
  }

  get length(): number {
    return this.#length
  }

  /** Reads what an earlier attempt left; more than `mostBytes` cannot be the beginning of this file and is dropped. */
  async takeUp(mostBytes: number, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    const left = this.access.getSize()
    if (left > mostBytes) return this.restart()
    const block = new Uint8Array(Math.min(BLOCK_BYTES, left))
    while (this.#length < left) {
      signal.throwIfAborted()
      const got = this.access.read(block, { at: this.#length })
      if (got === 0) break
      this.hash.update(block.subarray(0, got))
      this.#length += got
      onBytes(this.#length)
      await breathe()
    }
  }

  /** Throws QuotaExceededError where the disk has no room. */
  append(chunk: Uint8Array): void {
    for (let done = 0; done < chunk.length; ) {
      const written = this.access.write(chunk.subarray(done), { at: this.#length + done })
      if (written === 0) throw new DOMException('The disk takes no more.', 'QuotaExceededError')
      done += written
    }
    this.hash.update(chunk)
    this.#length += chunk.length
  }

  restart(): void {
    this.access.truncate(0)
    this.hash.init()
    this.#length = 0
  }

  /** Lower-case hexadecimal sha256 of everything; afterwards nothing can be appended before a restart. */
  digest(): string {
    return this.hash.digest('hex')
  }
}
