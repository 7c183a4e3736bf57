import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryRoot } from '../../../base/memoryFolder.fixture.ts'
import { listSizes, type OpenRoot, openFolder, writeText } from '../../../base/originFolder.ts'
import type { TryTabLock } from '../../../base/tabLock.ts'
import { folderSource } from '../worker/fileSources.ts'
import { keepPack } from '../worker/keepPack.ts'
import { createPackFolder, toOrder, watchSource } from '../worker/packToKeep.fixture.ts'
import { createPackStore, type PackStore } from './packStore.ts'

const free: TryTabLock = (_, task) => task()

let openRoot: OpenRoot
let store: PackStore

beforeEach(() => {
  openRoot = createMemoryRoot()
  store = createPackStore({ openRoot, tryLock: free })
})

async function keep(folder = createPackFolder(), source = folderSource(folder)): Promise<boolean> {
  const options = { source, onProgress: () => undefined, signal: new AbortController().signal }
  return (await keepPack(toOrder(folder), { ...options, openRoot, tryLock: free })).ok
}

/** Keeps the files before `name` and breaks there. */
const keepUpTo = (folder: ReturnType<typeof createPackFolder>, name: string) => {
  const { source } = watchSource(folder, (file, blob) =>
    file.file === name ? new Blob(['x', blob]).stream() : blob.stream(),
  )
  return keep(folder, source)
}

const list = async () => {
  const listed = await store.list()
  if (!listed.ok) throw new Error(listed.problem.message)
  return listed.value
}
const namesOf = async (id: string) => {
  const folder = await openFolder(openRoot, ['packs', id])
  return folder && [...(await listSizes(folder)).keys()].sort()
}

describe('the list of kept packs', () => {
  it('is empty before the first', async () => {
    expect(await list()).toEqual({ kept: [], unfinished: [] })
  })

  it('tells what each is, its size on disk and when it came, the oldest first', async () => {
    const startMs = Date.now()
    await keep(createPackFolder('b'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await keep(createPackFolder('a'))
    const { kept, unfinished } = await list()
    expect(kept.map(({ id }) => id)).toEqual(['b', 'a'])
    const folder = createPackFolder('b')
    const bytes = toOrder(folder).files.reduce((sum, file) => sum + file.bytes, 0) + folder.manifestText.length
    expect(kept[0]).toMatchObject({ title: 'Tiny pack', version: '1', licence: 'MIT', bytes, isWhole: true })
    expect(kept[0].addedAtMs).toBeGreaterThanOrEqual(startMs)
    expect(unfinished).toEqual([])
  })

  it('sets apart what did not arrive whole, with how far it came', async () => {
    const folder = createPackFolder()
    expect(await keepUpTo(folder, 'head.onnx')).toBe(false)
    const { kept, unfinished } = await list()
    expect(kept).toEqual([])
    const totalBytes = toOrder(folder).files.reduce((sum, file) => sum + file.bytes, 0)
    expect(unfinished).toEqual([
      {
        id: 'tiny',
        title: 'Tiny pack',
        origin: { kind: 'folder', name: 'tiny' },
        doneBytes: folder.files.get('trunk.onnx')?.size,
        totalBytes,
      },
    ])
  })

  it('knows a pack that lost a file, and leaves out what is no pack', async () => {
    await keep()
    const folder = (await openFolder(openRoot, ['packs', 'tiny']))!
    await folder.removeEntry(toOrder(createPackFolder()).files[0].sha256)
    const strange = (await openFolder(openRoot, ['packs', 'strange'], true))!
    await writeText(strange, 'manifest.json', '{"schema"')
    await writeText(strange, 'incoming.json', '')
    expect(await list()).toMatchObject({ kept: [{ id: 'tiny', isWhole: false }], unfinished: [] })
  })

  it('cannot be had where the browser keeps nothing', async () => {
    const denied = createPackStore({ openRoot: () => Promise.reject(new Error('denied')) })
    expect(await denied.list()).toMatchObject({ ok: false, problem: { code: 'pack-storage-unavailable' } })
  })
})

describe('comparing', () => {
  const compare = async (folder: ReturnType<typeof createPackFolder>) => {
    const { id, manifestText, files } = toOrder(folder)
    const compared = await store.compare(id, manifestText, files)
    return compared.ok ? compared.value : null
  }

  it('tells the same pack from another version of it and from one that is not there', async () => {
    const folder = createPackFolder()
    expect(await compare(folder)).toEqual({ isSame: false, presentBytes: 0 })
    await keep(folder)
    const all = toOrder(folder).files.reduce((sum, file) => sum + file.bytes, 0)
    expect(await compare(folder)).toEqual({ isSame: true, presentBytes: all })
    const prompts = folder.files.get('prompts.f32')!.size
    expect(await compare(createPackFolder('tiny', '2'))).toEqual({ isSame: false, presentBytes: all - prompts })
  })

  it('does not take a pack for the same that lost a file', async () => {
    await keep()
    const folder = (await openFolder(openRoot, ['packs', 'tiny']))!
    await folder.removeEntry(toOrder(createPackFolder()).files[0].sha256)
    expect(await compare(createPackFolder())).toMatchObject({ isSame: false })
  })
})

describe('removing', () => {
  it('takes the folder away, and only that one', async () => {
    await keep(createPackFolder('a'))
    await keep(createPackFolder('b'))
    expect((await store.remove('a')).ok).toBe(true)
    expect(await namesOf('a')).toBeNull()
    expect((await list()).kept.map(({ id }) => id)).toEqual(['b'])
    expect((await store.remove('a')).ok).toBe(true)
  })

  it('waits for no other tab: it says that the pack is busy', async () => {
    await keep()
    const busy = createPackStore({ openRoot, tryLock: async () => null })
    expect(await busy.remove('tiny')).toMatchObject({ ok: false, problem: { code: 'pack-busy' } })
    expect((await list()).kept).toHaveLength(1)
  })

  it('of what did not arrive whole leaves the version in use as it was', async () => {
    await keep()
    const before = await namesOf('tiny')
    expect(await keepUpTo(createPackFolder('tiny', '2'), 'prompts.f32')).toBe(false)
    expect(await namesOf('tiny')).not.toEqual(before)
    await store.discard('tiny')
    expect(await namesOf('tiny')).toEqual(before)
    await keepUpTo(createPackFolder('begun'), 'head.onnx')
    await store.discard('begun')
    expect(await namesOf('begun')).toBeNull()
  })
})
