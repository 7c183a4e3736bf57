/*
 * Folders in the storage that the browser keeps for this site alone (origin private file system, OPFS). Handles come
 * from a function, so that a test can hand in folders of its own.
 */

export type OpenRoot = () => Promise<FileSystemDirectoryHandle>

/** Rejects where the browser keeps nothing: no secure connection, or a private window. */
export const openOriginRoot: OpenRoot = () => navigator.storage.getDirectory()

const isNamed = (thrown: unknown, name: string): boolean => thrown instanceof DOMException && thrown.name === name

const isNotFound = (thrown: unknown): boolean => isNamed(thrown, 'NotFoundError')

export const isQuotaExceeded = (thrown: unknown): boolean => isNamed(thrown, 'QuotaExceededError')

/** Null where a folder of the path is missing and none is to be made. */
export async function openFolder(
  openRoot: OpenRoot,
  path: readonly string[],
  create = false,
): Promise<FileSystemDirectoryHandle | null> {
  let folder = await openRoot()
  try {
    for (const name of path) folder = await folder.getDirectoryHandle(name, { create })
    return folder
  } catch (thrown) {
    if (isNotFound(thrown)) return null
    throw thrown
  }
}

/** A file backed by the disk, or null where there is none. */
export async function findFile(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile()
  } catch (thrown) {
    if (isNotFound(thrown)) return null
    throw thrown
  }
}

/** Whole or not at all: until it is closed, what was there before stays. */
export async function writeText(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable()
  try {
    await writable.write(text)
    await writable.close()
  } catch (thrown) {
    await writable.abort().catch(() => undefined)
    throw thrown
  }
}

/** Does nothing where the entry is not there. */
export async function removeEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name, { recursive: true })
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown
  }
}

/** Lengths in bytes of the files in a folder, by name. */
export async function listSizes(folder: FileSystemDirectoryHandle): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for await (const [name, handle] of folder.entries())
    if (handle.kind === 'file') sizes.set(name, (await (handle as FileSystemFileHandle).getFile()).size)
  return sizes
}

/** Names of the folders in a folder. */
export async function listFolders(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = []
  for await (const [name, handle] of folder.entries()) if (handle.kind === 'directory') names.push(name)
  return names
}
