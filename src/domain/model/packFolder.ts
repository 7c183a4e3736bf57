import { failure, type Result, success } from '../../base/result.ts'
import { MANIFEST_NAME } from './keptPack.ts'
import type { PackFile } from './manifest.ts'

/** A file with its path inside what was dropped or chosen: folders separated by "/", none before the first. */
export interface PlacedFile {
  readonly path: string
  readonly file: File
}

/** A folder that holds a manifest of ours. */
export interface PackFolder {
  /** Path of the folder; empty where loose files were handed over. */
  readonly name: string
  readonly manifestText: string
  /** What lies in the folder itself, by name. */
  readonly files: ReadonlyMap<string, File>
}

export interface SortedDrop {
  readonly packs: readonly PackFolder[]
  /** What was not handed over together with a pack: everything outside of the topmost folder that holds one. */
  readonly rest: readonly PlacedFile[]
}

/** A pack lies in what was handed over or in a folder of it; deeper, a manifest.json is somebody else's. */
const MOST_FOLDERS = 2
/** A manifest with 50,000 cases in it has about 15 MB. */
const MAX_MANIFEST_BYTES = 64e6

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
/** The topmost folder of a path; empty for a loose file. */
const topOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/')))
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Other programs write a manifest.json, too; a damaged one is ours where graphs lie beside it. */
function isOurs(text: string, files: ReadonlyMap<string, File>): boolean {
  try {
    const json: unknown = JSON.parse(text)
    const schema = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : null
    return typeof schema === 'string' && schema.startsWith('voxct-pack')
  } catch {
    return [...files.keys()].some((name) => name.endsWith('.onnx'))
  }
}

async function readPack(manifest: PlacedFile, all: readonly PlacedFile[]): Promise<PackFolder | null> {
  const name = folderOf(manifest.path)
  if (manifest.file.size > MAX_MANIFEST_BYTES) return null
  const own = all.filter(({ path }) => folderOf(path) === name)
  const files = new Map(own.map(({ path, file }) => [nameOf(path), file]))
  const manifestText = await manifest.file.text()
  return isOurs(manifestText, files) ? { name, manifestText, files } : null
}

/** Tells model packs from the rest of what was dropped or chosen. */
export async function sortPacks(placed: readonly PlacedFile[]): Promise<SortedDrop> {
  const manifests = placed.filter(
    ({ path }) => nameOf(path) === MANIFEST_NAME && path.split('/').length - 1 <= MOST_FOLDERS,
  )
  const read = await Promise.all(manifests.map((manifest) => readPack(manifest, placed)))
  const packs = read.filter((pack) => pack !== null)
  const tops = new Set(packs.map(({ name }) => topOf(`${name}/`)))
  return { packs, rest: placed.filter(({ path }) => !tops.has(topOf(path))) }
}

const refuse = (code: string, message: string, nextStep: string): Result<never> => failure({ code, message, nextStep })

/** The one pack of what was handed over. Problems: `pack-manifest-missing`, `pack-ambiguous`. */
export function takeOnlyPack({ packs }: SortedDrop): Result<PackFolder> {
  const [pack, ...others] = packs
  if (!pack)
    return refuse(
      'pack-manifest-missing',
      'The folder holds no manifest.json of a VoxCT model pack.',
      'Choose the folder that the export wrote (docs/BRING-YOUR-MODEL.md); manifest.json lies in it.',
    )
  if (others.length > 0)
    return refuse(
      'pack-ambiguous',
      `There are ${packs.length} model packs in it: ${packs.map(({ name }) => name || 'loose files').join(', ')}.`,
      'Add one folder at a time.',
    )
  return success(pack)
}

const COPY_AGAIN = 'Copy the whole folder that the export wrote, then add it again.'

/**
 * A file of a pack's folder; nothing of it has been read yet. Problems: `pack-shared-file`, `pack-file-missing`,
 * `pack-file-length`.
 */
export function takeFile({ name, files }: PackFolder, wanted: PackFile): Result<File> {
  const where = name === '' ? 'what was handed over' : `the folder ${name}`
  if (wanted.pack !== undefined)
    return refuse(
      'pack-shared-file',
      `${wanted.file} lies in another pack (${wanted.pack}), but a pack that is brought must be whole.`,
      `Copy ${wanted.file} beside manifest.json and take "pack" out of its entry there.`,
    )
  const file = files.get(wanted.file)
  if (!file) return refuse('pack-file-missing', `${wanted.file} is missing in ${where}.`, COPY_AGAIN)
  if (file.size === wanted.bytes) return success(file)
  const lengths = `has ${file.size} bytes in ${where}, but the manifest says ${wanted.bytes}`
  return refuse('pack-file-length', `${wanted.file} ${lengths}.`, COPY_AGAIN)
}
