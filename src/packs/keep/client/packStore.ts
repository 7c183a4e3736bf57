import { listFolders, type OpenRoot, openFolder, openOriginRoot, removeEntry } from '../../../base/originFolder.ts'
import { failure, type Problem, type Result, success } from '../../../base/result.ts'
import { type TryTabLock, tryTabLock } from '../../../base/tabLock.ts'
import { countPresent, type KeptFolder, listPresent, readKeptFolder } from '../../../domain/model/keptFolder.ts'
import {
  INCOMING_NAME,
  KEPT_FOLDER,
  type KeptPack,
  MANIFEST_NAME,
  packBusy,
  toPackLock,
  type UnfinishedPack,
} from '../../../domain/model/keptPack.ts'
import { sumBytes } from '../../../domain/model/listPackFiles.ts'
import type { PackFile } from '../../../domain/model/manifest.ts'

/** What this browser keeps: whole packs, and those that did not arrive whole. */
export interface KeptList {
  readonly kept: readonly KeptPack[]
  readonly unfinished: readonly UnfinishedPack[]
}

/** The packs that a person brought, in the browser's storage of this site. `../worker/keepPack.ts` writes them. */
export interface PackStore {
  /** Oldest first. Problem: `pack-storage-unavailable`. */
  list(): Promise<Result<KeptList>>
  /** How a pack with this manifest stands to the one kept under its id. Problem: `pack-storage-unavailable`. */
  compare(id: string, manifestText: string, files: readonly PackFile[]): Promise<Result<PackComparison>>
  /** Removes everything under the id. Problems: `pack-busy`, `pack-storage-unavailable`. */
  remove(id: string): Promise<Result<void>>
  /** Removes what was begun and not ended; a whole pack of this id stays. Problems as of `remove`. */
  discard(id: string): Promise<Result<void>>
}

export interface PackComparison {
  /** The very same pack is there, and whole. */
  readonly isSame: boolean
  /** Of the files asked for, what lies on disk already. */
  readonly presentBytes: number
}

export interface PackStoreOptions {
  readonly openRoot?: OpenRoot
  readonly tryLock?: TryTabLock
}

const unavailable = (thrown: unknown): Problem => ({
  code: 'pack-storage-unavailable',
  message: `This browser keeps no models for this page (${thrown instanceof Error ? thrown.message : String(thrown)}).`,
  nextStep: 'Open VoxCT over https or on localhost, in a normal window; the bundled models work as they are.',
})

function toKept(id: string, { current, sizes }: KeptFolder): KeptPack | null {
  if (!current) return null
  const { manifest, files, addedAtMs } = current
  return {
    id,
    title: manifest.title,
    version: manifest.version,
    licence: manifest.licence,
    bytes: countPresent(files, sizes) + (sizes.get(MANIFEST_NAME) ?? 0),
    addedAtMs,
    isWhole: files.every(({ sha256, bytes }) => sizes.get(sha256) === bytes),
  }
}

function toUnfinished(id: string, { incoming, current, sizes }: KeptFolder): UnfinishedPack | null {
  if (!incoming || incoming.text === current?.text) return null
  const { manifest, files, origin } = incoming
  return { id, title: manifest.title, origin, doneBytes: countPresent(files, sizes), totalBytes: sumBytes(files) }
}

class OriginPackStore implements PackStore {
  readonly #openRoot: OpenRoot
  readonly #tryLock: TryTabLock

  constructor({ openRoot = openOriginRoot, tryLock = tryTabLock }: PackStoreOptions) {
    this.#openRoot = openRoot
    this.#tryLock = tryLock
  }

  list(): Promise<Result<KeptList>> {
    return attempt(async () => {
      const all = await openFolder(this.#openRoot, [KEPT_FOLDER])
      const kept: KeptPack[] = []
      const unfinished: UnfinishedPack[] = []
      for (const id of all ? await listFolders(all) : []) {
        const folder = await this.#read(id)
        const whole = folder && toKept(id, folder)
        const begun = folder && toUnfinished(id, folder)
        if (whole) kept.push(whole)
        if (begun) unfinished.push(begun)
      }
      return { kept: kept.sort((a, b) => a.addedAtMs - b.addedAtMs), unfinished }
    })
  }

  compare(id: string, manifestText: string, files: readonly PackFile[]): Promise<Result<PackComparison>> {
    return attempt(async () => {
      const folder = await this.#read(id)
      if (!folder) return { isSame: false, presentBytes: 0 }
      const present = listPresent(folder)
      const isSame = folder.current?.text === manifestText && files.every(({ sha256 }) => present.has(sha256))
      return { isSame, presentBytes: countPresent(files, folder.sizes) }
    })
  }

  remove(id: string): Promise<Result<void>> {
    return this.#change(id, async () => {
      const folder = await openFolder(this.#openRoot, [KEPT_FOLDER, id])
      const all = await openFolder(this.#openRoot, [KEPT_FOLDER])
      // First what makes it a pack: cut off in the middle, the rest is no pack any more.
      if (folder) await removeEntry(folder, MANIFEST_NAME)
      if (all) await removeEntry(all, id)
    })
  }

  discard(id: string): Promise<Result<void>> {
    return this.#change(id, async () => {
      const folder = await openFolder(this.#openRoot, [KEPT_FOLDER, id])
      const all = await openFolder(this.#openRoot, [KEPT_FOLDER])
      if (!folder || !all) return
      const { current, sizes } = await readKeptFolder(folder)
      if (!current) return await removeEntry(all, id)
      const wanted = new Set([MANIFEST_NAME, ...current.files.map(({ sha256 }) => sha256)])
      await removeEntry(folder, INCOMING_NAME)
      for (const name of sizes.keys()) if (!wanted.has(name)) await removeEntry(folder, name)
    })
  }

  async #read(id: string): Promise<KeptFolder | null> {
    const folder = await openFolder(this.#openRoot, [KEPT_FOLDER, id])
    return folder && (await readKeptFolder(folder))
  }

  async #change(id: string, task: () => Promise<void>): Promise<Result<void>> {
    const changed = await attempt(() => this.#tryLock(toPackLock(id), () => task().then(() => true)))
    if (!changed.ok) return changed
    return changed.value === null ? failure(packBusy(id)) : success(undefined)
  }
}

async function attempt<T>(task: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await task())
  } catch (thrown) {
    return failure(unavailable(thrown))
  }
}

export const createPackStore = (options: PackStoreOptions = {}): PackStore => new OriginPackStore(options)
