import type { OpenRoot } from './originFolder.ts'

/** The bytes of a file, and whether somebody writes it in place. */
interface Content {
  bytes: Uint8Array<ArrayBuffer>
  modifiedAtMs: number
  isOpen: boolean
}

const named = (name: string): DOMException => new DOMException(name, name)

/** What the disk still takes; a test may lower it. */
export interface Disk {
  freeBytes: number
}

function resized(bytes: Uint8Array<ArrayBuffer>, length: number, disk: Disk): Uint8Array<ArrayBuffer> {
  if (length - bytes.length > disk.freeBytes) throw named('QuotaExceededError')
  disk.freeBytes -= length - bytes.length
  const next = new Uint8Array(length)
  next.set(bytes.subarray(0, length))
  return next
}

/** FileSystemSyncAccessHandle as the browser has it, on an array. */
function openInPlace(content: Content, disk: Disk) {
  if (content.isOpen) throw named('NoModificationAllowedError')
  content.isOpen = true
  return {
    getSize: () => content.bytes.length,
    read(buffer: Uint8Array, { at }: { at: number }) {
      const part = content.bytes.subarray(at, at + buffer.length)
      buffer.set(part)
      return part.length
    },
    write(buffer: Uint8Array, { at }: { at: number }) {
      content.bytes = resized(content.bytes, Math.max(content.bytes.length, at + buffer.length), disk)
      content.bytes.set(buffer, at)
      return buffer.length
    },
    truncate(size: number) {
      content.bytes = resized(content.bytes, size, disk)
    },
    flush() {},
    close() {
      content.isOpen = false
    },
  }
}

function openSwap(content: Content, disk: Disk) {
  let text = ''
  return {
    async write(part: string) {
      text += part
    },
    abort: async () => undefined,
    async close() {
      const bytes = new TextEncoder().encode(text)
      content.bytes = resized(content.bytes, bytes.length, disk)
      content.bytes.set(bytes)
      content.modifiedAtMs = Date.now()
    },
  }
}

class MemoryFile {
  readonly kind = 'file'
  readonly content: Content = { bytes: new Uint8Array(0), modifiedAtMs: 0, isOpen: false }

  constructor(
    readonly name: string,
    readonly disk: Disk,
  ) {}

  getFile = async () => new File([this.content.bytes], this.name, { lastModified: this.content.modifiedAtMs })
  createWritable = async () => openSwap(this.content, this.disk)
  createSyncAccessHandle = async () => openInPlace(this.content, this.disk)
}

class MemoryFolder {
  readonly kind = 'directory'
  readonly #entries = new Map<string, MemoryFile | MemoryFolder>()

  constructor(readonly disk: Disk) {}

  getDirectoryHandle = async (name: string, { create = false } = {}) =>
    this.#take(name, 'directory', create ? () => new MemoryFolder(this.disk) : null)

  getFileHandle = async (name: string, { create = false } = {}) =>
    this.#take(name, 'file', create ? () => new MemoryFile(name, this.disk) : null)

  async removeEntry(name: string): Promise<void> {
    if (!this.#entries.delete(name)) throw named('NotFoundError')
  }

  async *entries() {
    yield* [...this.#entries]
  }

  #take(name: string, kind: string, make: (() => MemoryFile | MemoryFolder) | null) {
    const found = this.#entries.get(name) ?? make?.()
    if (!found) throw named('NotFoundError')
    if (found.kind !== kind) throw named('TypeMismatchError')
    this.#entries.set(name, found)
    return found
  }
}

/** Folders in memory with the few calls that are used of the origin private file system. */
export function createMemoryRoot(disk: Disk = { freeBytes: Number.POSITIVE_INFINITY }): OpenRoot {
  const root = new MemoryFolder(disk)
  return async () => root as unknown as FileSystemDirectoryHandle
}
