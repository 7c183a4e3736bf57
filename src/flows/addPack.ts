import { formatBytes } from '../base/formatBytes.ts'
import { failure, type Problem, type Result, success } from '../base/result.ts'
import type { CheckedManifest } from '../domain/model/keptFolder.ts'
import type { PackOrigin } from '../domain/model/keptPack.ts'
import { listPackFiles, sumBytes } from '../domain/model/listPackFiles.ts'
import { type PackFolder, takeFile } from '../domain/model/packFolder.ts'
import { parseManifestText } from '../domain/model/parseManifestText.ts'
import { toSiteFolder } from '../domain/model/siteFolder.ts'
import { TransferRate } from '../domain/model/transferRate.ts'
import type { KeepProgress, PackBytes, PackKeeper } from '../packs/keep/client/packKeeper.ts'
import type { PackRoom } from '../packs/keep/client/packRoom.ts'
import type { PackStore } from '../packs/keep/client/packStore.ts'
import type { Screen } from '../session/screen.ts'
import { type ListPacksDeps, listPacks } from './offerPacks.ts'

export interface AddPackDeps extends ListPacksDeps {
  /** Address of the page. */
  readonly siteUrl: string
  readonly packStore: PackStore
  readonly packKeeper: PackKeeper
  askToPersist(): Promise<unknown>
  loadManifestText(baseUrl: string): Promise<Result<string>>
}

/** What a person handed over: a folder, or an address. */
export type Brought = { readonly folder: PackFolder } | { readonly address: string }

interface ReadPack extends CheckedManifest {
  readonly bytes: PackBytes
  readonly origin: PackOrigin
}

function check(text: string, where: string): Result<CheckedManifest> {
  const manifest = parseManifestText(text, where)
  if (!manifest.ok) return manifest
  const files = listPackFiles(manifest.value)
  return files.ok ? success({ text, manifest: manifest.value, files: files.value }) : files
}

function readFolder(folder: PackFolder): Result<ReadPack> {
  const checked = check(folder.manifestText, [folder.name, 'manifest.json'].filter(Boolean).join('/'))
  if (!checked.ok) return checked
  for (const file of checked.value.files) {
    const found = takeFile(folder, file)
    if (!found.ok) return found
  }
  return success({ ...checked.value, bytes: { folder }, origin: { kind: 'folder', name: folder.name } })
}

async function readAddress({ siteUrl, loadManifestText }: AddPackDeps, address: string): Promise<Result<ReadPack>> {
  const url = toSiteFolder(address, siteUrl)
  if (!url.ok) return url
  const text = await loadManifestText(url.value)
  const checked = text.ok ? check(text.value, `${url.value}manifest.json`) : text
  if (!checked.ok) return checked
  return success({ ...checked.value, bytes: { url: url.value }, origin: { kind: 'url', url: url.value } })
}

const idTaken = (id: string): Problem => ({
  code: 'pack-id-bundled',
  message: `A bundled model has the id ${id} already.`,
  nextStep: 'Give the pack another "id" in its manifest.json, then add it again.',
})

const noRoom = (message: string): Problem => ({
  code: 'pack-no-room',
  message,
  nextStep: 'Remove a kept model on the model page or free disk space, then add it again: it goes on where it stopped.',
})

/** Before a byte was written. */
function tooLarge(title: string, neededBytes: number, { quotaBytes, usedBytes }: PackRoom): Problem {
  const [needed, free, all] = [neededBytes, Math.max(0, quotaBytes - usedBytes), quotaBytes].map(formatBytes)
  return noRoom(`${title} needs ${needed} of storage, but the browser lets this page keep ${free} more (of ${all}).`)
}

/** In the middle: a browser may refuse earlier than it told. */
function tookAPart(title: string, totalBytes: number, presentBytes: number): Problem {
  const [all, taken, rest] = [totalBytes, presentBytes, totalBytes - presentBytes].map(formatBytes)
  return noRoom(`${title} has ${all}; the browser took ${taken} of it and has no room for the other ${rest}.`)
}

async function findShortage(deps: AddPackDeps, pack: ReadPack): Promise<Result<{ readonly isSame: boolean }>> {
  const { manifest, text, files } = pack
  const compared = await deps.packStore.compare(manifest.id, text, files)
  if (!compared.ok) return compared
  const { isSame, presentBytes } = compared.value
  const needed = sumBytes(files) - presentBytes
  const room = await deps.measureRoom()
  if (!isSame && room && needed > room.quotaBytes - room.usedBytes)
    return failure(tooLarge(manifest.title, needed, room))
  return success({ isSame })
}

/** Shows how far it is; the rate is that of the source, not of what was there before. */
function showProgress(screen: Screen, title: string): (progress: KeepProgress) => void {
  const rate = new TransferRate()
  return ({ arrivedBytes, ...progress }) => {
    const bytesPerSecond = rate.add(arrivedBytes, performance.now())
    screen.patch('brought', { adding: { title, ...progress, bytesPerSecond } })
  }
}

async function keep(deps: AddPackDeps, pack: ReadPack, signal: AbortSignal): Promise<Result<void>> {
  const { manifest, text: manifestText, files, origin, bytes } = pack
  const order = { id: manifest.id, manifestText, files, origin }
  const kept = await deps.packKeeper.keep(order, bytes, showProgress(deps.screen, manifest.title), signal)
  if (kept.ok || kept.problem.code !== 'pack-no-room') return kept
  const left = await deps.packStore.compare(manifest.id, manifestText, files)
  return failure(tookAPart(manifest.title, sumBytes(files), left.ok ? left.value.presentBytes : 0))
}

export interface AddedPack {
  readonly id: string
  readonly title: string
  /** `bundled` and `same`: it was there already. */
  readonly how: 'bundled' | 'same' | 'added'
}

/**
 * What was handed over → checked manifest → room → files in the browser's storage. Problems: those of the manifest, of
 * `takeFile`, of `toSiteFolder` and of `PackKeeper.keep`, `pack-id-bundled`, `pack-no-room`, `pack-storage-unavailable`.
 */
export async function addPack(deps: AddPackDeps, brought: Brought, signal: AbortSignal): Promise<Result<AddedPack>> {
  const read = 'folder' in brought ? readFolder(brought.folder) : await readAddress(deps, brought.address)
  if (!read.ok) return read
  const { id, title } = read.value.manifest
  const { origin } = read.value
  await listPacks(deps)
  if (deps.screen.get().model.packs.some((pack) => pack.id === id && !pack.kept)) {
    const isItself = origin.kind === 'url' && origin.url === `${deps.modelsUrl}${id}/`
    return isItself ? success({ id, title, how: 'bundled' }) : failure(idTaken(id))
  }
  const compared = await findShortage(deps, read.value)
  if (!compared.ok) return compared
  if (compared.value.isSame) return success({ id, title, how: 'same' })
  await deps.askToPersist()
  const kept = await keep(deps, read.value, signal)
  return kept.ok ? success({ id, title, how: 'added' }) : kept
}
