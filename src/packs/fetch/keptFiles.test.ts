import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryRoot } from '../../base/memoryFolder.fixture.ts'
import { type OpenRoot, openFolder } from '../../base/originFolder.ts'
import { toKeptUrl } from '../../domain/model/keptPack.ts'
import { toWorkerPack } from '../../inference/client/workerPack.ts'
import { folderSource } from '../keep/worker/fileSources.ts'
import { keepPack } from '../keep/worker/keepPack.ts'
import { createPackFolder, toOrder } from '../keep/worker/packToKeep.fixture.ts'
import { fetchManifest, loadPackFile, openPackFileBlob } from './packFiles.ts'
import { loadManifest } from './packManifest.ts'

const folder = createPackFolder()
const { files } = toOrder(folder)
const base = toKeptUrl('tiny')
let openRoot: OpenRoot

beforeEach(async () => {
  openRoot = createMemoryRoot()
  vi.stubGlobal('navigator', { storage: { getDirectory: openRoot } })
  const options = { source: folderSource(folder), onProgress: () => undefined, signal: new AbortController().signal }
  await keepPack(toOrder(folder), { ...options, openRoot, tryLock: (_, task) => task() })
})
afterEach(() => vi.unstubAllGlobals())

const codeOf = async (loading: Promise<{ ok: boolean; problem?: { code: string } }>) => (await loading).problem?.code

it('reads manifest and files of a kept pack like those of a server, checked', async () => {
  expect((await fetchManifest(base)).id).toBe('tiny')
  const seen: number[] = []
  for (const file of files) {
    const loaded = await loadPackFile(base, file, (received) => seen.push(received))
    const own = new Uint8Array(await folder.files.get(file.file)!.arrayBuffer())
    expect(loaded).toEqual({ ok: true, value: own })
  }
  expect(seen.at(-1)).toBe(files.at(-1)?.bytes)
})

it('reads a file that is shared with another pack from the kept pack itself', async () => {
  expect((await loadPackFile(base, { ...files[0], pack: 'elsewhere' })).ok).toBe(true)
})

it('says of a pack that was removed meanwhile that it is gone', async () => {
  const packs = (await openFolder(openRoot, ['packs']))!
  await packs.removeEntry('tiny')
  expect(await codeOf(loadManifest(base))).toBe('kept-missing')
  expect(await codeOf(loadPackFile(base, files[0]))).toBe('kept-missing')
  expect(await codeOf(openPackFileBlob(base, files[0]))).toBe('kept-missing')
})

it('notices a file that changed on the disk', async () => {
  const kept = (await openFolder(openRoot, ['packs', 'tiny']))!
  const handle = (await kept.getFileHandle(files[0].sha256)) as unknown as {
    createSyncAccessHandle(): Promise<{ write(bytes: Uint8Array, options: { at: number }): void; close(): void }>
  }
  const access = await handle.createSyncAccessHandle()
  access.write(Uint8Array.of(255), { at: 9 })
  access.close()
  expect(await codeOf(loadPackFile(base, files[0]))).toBe('model-corrupt')
  expect(await codeOf(openPackFileBlob(base, files[0]))).toBe('model-corrupt')
})

it('gives the file itself as a Blob, and tells how much of it is checked', async () => {
  const seen: number[] = []
  const opened = await openPackFileBlob(base, files[0], (received) => seen.push(received))
  if (!opened.ok) throw new Error(opened.problem.message)
  expect(opened.value).toBeInstanceOf(File)
  expect(await opened.value.text()).toBe(await folder.files.get(files[0].file)!.text())
  expect(seen.at(-1)).toBe(files[0].bytes)
})

it('gives the address of a kept pack to a worker as it is', async () => {
  vi.stubGlobal('location', { href: 'https://hospital.example/voxct/' })
  const manifest = await fetchManifest(base)
  expect(toWorkerPack({ manifest, baseUrl: base }).baseUrl).toBe('opfs:/packs/tiny/')
  expect(toWorkerPack({ manifest, baseUrl: '/models/a/' }).baseUrl).toBe('https://hospital.example/models/a/')
})
