import { findFile, listSizes } from '../../base/originFolder.ts'
import { INCOMING_NAME, type Incoming, MANIFEST_NAME, parseIncoming } from './keptPack.ts'
import { listPackFiles } from './listPackFiles.ts'
import type { Manifest, PackFile } from './manifest.ts'
import { parseManifestText } from './parseManifestText.ts'

/** A manifest that has been checked, with the files that it names, each content once. */
export interface CheckedManifest {
  readonly text: string
  readonly manifest: Manifest
  readonly files: readonly PackFile[]
}

/** What lies in the folder of a kept pack. */
export interface KeptFolder {
  /** The pack that counts, or null where none has arrived whole yet or this version cannot read it. */
  readonly current: (CheckedManifest & { readonly addedAtMs: number }) | null
  /** What was begun and not ended. */
  readonly incoming: (CheckedManifest & Pick<Incoming, 'origin'>) | null
  /** Lengths on disk by name, which is the sha256 of a pack's file. */
  readonly sizes: ReadonlyMap<string, number>
}

function check(text: string): CheckedManifest | null {
  const manifest = parseManifestText(text, MANIFEST_NAME)
  const files = manifest.ok ? listPackFiles(manifest.value) : manifest
  return manifest.ok && files.ok ? { text, manifest: manifest.value, files: files.value } : null
}

export async function readKeptFolder(folder: FileSystemDirectoryHandle): Promise<KeptFolder> {
  const sizes = await listSizes(folder)
  const written = sizes.has(MANIFEST_NAME) ? await findFile(folder, MANIFEST_NAME) : null
  const current = written && check(await written.text())
  const begun = sizes.has(INCOMING_NAME) ? await findFile(folder, INCOMING_NAME) : null
  const incoming = begun && parseIncoming(await begun.text())
  const coming = incoming && check(incoming.manifest)
  return {
    sizes,
    current: current && { ...current, addedAtMs: written.lastModified },
    incoming: coming && { ...coming, origin: incoming.origin },
  }
}

/** Bytes of the files that lie on disk already; of one that is longer than it should be, none can be trusted. */
export const countPresent = (files: readonly PackFile[], sizes: ReadonlyMap<string, number>): number =>
  files.reduce((sum, { sha256, bytes }) => {
    const size = sizes.get(sha256) ?? 0
    return sum + (size > bytes ? 0 : size)
  }, 0)

/** Files of the pack that counts which are there whole: they were checked when they came. */
export const listPresent = ({ current, sizes }: KeptFolder): ReadonlySet<string> =>
  new Set(current?.files.filter(({ sha256, bytes }) => sizes.get(sha256) === bytes).map(({ sha256 }) => sha256))
