import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { success } from '../../../base/result.ts'
import { listPackFiles } from '../../../domain/model/listPackFiles.ts'
import type { Manifest, PackFile } from '../../../domain/model/manifest.ts'
import type { PackFolder } from '../../../domain/model/packFolder.ts'
import { parseManifestText } from '../../../domain/model/parseManifestText.ts'
import type { FileSource } from './fileSources.ts'
import type { KeepOrder } from './keepPack.ts'

const TINY = new URL('../../../../fixtures/models/tiny/', import.meta.url)

/** The tiny pack as a folder that was handed over; `version` 2 has other bytes in one file. */
export function createPackFolder(id = 'tiny', version: '1' | '2' = '1'): PackFolder {
  const files = new Map(readdirSync(TINY).map((name) => [name, readFileSync(new URL(name, TINY))]))
  const manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest
  Object.assign(manifest, { id, version })
  if (version === '2') {
    const prompts = Buffer.from(files.get('prompts.f32')!)
    prompts[0] ^= 1
    files.set('prompts.f32', prompts)
    Object.assign(manifest.prompts ?? {}, { sha256: createHash('sha256').update(prompts).digest('hex') })
  }
  const manifestText = JSON.stringify(manifest)
  const asFiles = [...files].map(([name, bytes]) => [name, new File([new Uint8Array(bytes)], name)] as const)
  return { name: id, manifestText, files: new Map(asFiles) }
}

export function toOrder(folder: PackFolder): KeepOrder {
  const manifest = parseManifestText(folder.manifestText, 'manifest.json')
  const files = manifest.ok ? listPackFiles(manifest.value) : manifest
  if (!manifest.ok || !files.ok) throw new Error('the fixture is no pack')
  const origin = { kind: 'folder', name: folder.name } as const
  return { id: manifest.value.id, manifestText: folder.manifestText, files: files.value, origin }
}

/** A source that gives a folder's files and writes down what it was asked for; `spoil` may change the bytes given. */
export function watchSource(folder: PackFolder, spoil: (file: PackFile, bytes: Blob, from: number) => ReadableStream) {
  const asked: (readonly [string, number])[] = []
  const source: FileSource = {
    step: 'downloading',
    mayRetry: true,
    mend: 'mend it',
    async open(file, from) {
      asked.push([file.file, from])
      return success({ from, stream: spoil(file, folder.files.get(file.file)!.slice(from), from) })
    },
  }
  return { source, asked }
}
