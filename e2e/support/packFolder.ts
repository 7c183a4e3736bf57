import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'

const TINY = resolve(import.meta.dirname, '../../fixtures/models/tiny')
const FOLDER = resolve(import.meta.dirname, '../../test-results/packs')

/** The file that makes a pack large: external data that its trunk names and does not read. */
export const LARGE_FILE = 'large.data'

interface FolderOptions {
  /** Length of the large file; absent: none. */
  readonly largeBytes?: number
  readonly version?: string
  /** Changes the folder after it was written, e.g. damages it. */
  readonly damage?: (folder: string) => void
}

/** Bytes that repeat nowhere near, the same every time. */
function fillBytes(length: number): Buffer {
  let state = 1
  const numbers = Uint32Array.from({ length: Math.ceil(length / 4) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  })
  return Buffer.from(numbers.buffer, 0, length)
}

/** A complete pack; its id is the folder's name, which is none of the bundled ones. Gives the folder's path. */
export function writePackFolder(path: string, { largeBytes, version, damage }: FolderOptions = {}): string {
  const folder = resolve(FOLDER, path)
  const id = basename(folder)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(TINY))
    if (name !== 'manifest.json') copyFileSync(resolve(TINY, name), resolve(folder, name))
  const manifest = JSON.parse(readFileSync(resolve(TINY, 'manifest.json'), 'utf8'))
  Object.assign(manifest, { id, title: `Pack ${id}`, version: version ?? '1' })
  if (largeBytes !== undefined) {
    const bytes = fillBytes(largeBytes)
    writeFileSync(resolve(folder, LARGE_FILE), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    for (const trunk of manifest.ct.trunk) trunk.external = [{ file: LARGE_FILE, bytes: bytes.length, sha256 }]
  }
  writeFileSync(resolve(folder, 'manifest.json'), JSON.stringify(manifest))
  damage?.(folder)
  return folder
}

/** Changes one byte in the middle of a file. */
export function flipByte(folder: string, name: string): void {
  const path = resolve(folder, name)
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] ^= 1
  writeFileSync(path, bytes)
}
