import { beforeEach, describe, expect, it } from 'vitest'
import { failure, type Result, success } from '../base/result.ts'
import type { KeptPack } from '../domain/model/keptPack.ts'
import type { KeepProgress } from '../packs/keep/client/packKeeper.ts'
import { createPackFolder } from '../packs/keep/worker/packToKeep.fixture.ts'
import { selectActivity, selectIsIdle } from '../state/selectors.ts'
import { createAppStore } from '../state/store.ts'
import { BroughtPacks, type BroughtPacksDeps } from './broughtPacks.ts'

const KEPT: KeptPack = {
  id: 'tiny',
  title: 'Tiny pack',
  version: '1',
  licence: 'MIT',
  bytes: 5,
  addedAtMs: 0,
  isWhole: true,
}
const PROGRESS: KeepProgress = {
  step: 'copying',
  file: 'trunk.onnx',
  fileNumber: 1,
  fileCount: 9,
  doneBytes: 10,
  totalBytes: 40,
  arrivedBytes: 10,
}
const problem = (code: string) => ({ code, message: code, nextStep: '' })

/** The way with a store, a keeper and a reading that a test has in its hand. */
function createWay() {
  const store = createAppStore()
  const log: string[] = []
  const world = {
    kept: [] as KeptPack[],
    compared: { isSame: false, presentBytes: 0 },
    quotaBytes: 1e9,
    keeping: async (): Promise<Result<void>> => success(undefined),
    removing: async (): Promise<Result<void>> => success(undefined),
  }
  const deps: BroughtPacksDeps = {
    screen: store,
    siteUrl: 'https://site.example/',
    modelsUrl: 'https://site.example/models/',
    defaultPack: { id: 'bundled', title: 'Bundled', line: '' },
    fetchPackList: async () => success([{ id: 'bundled', title: 'Bundled', line: '' }]),
    measureRoom: async () => ({ usedBytes: 100, quotaBytes: world.quotaBytes, isPersistent: false }),
    askToPersist: async () => void log.push('persist'),
    loadManifestText: async (url) => {
      log.push(`fetch ${url}`)
      return url.includes('gone') ? failure(problem('manifest-unreachable')) : success(createPackFolder().manifestText)
    },
    packStore: {
      list: async () => success({ kept: world.kept, unfinished: [] }),
      compare: async () => success(world.compared),
      remove: async (id) => {
        log.push(`remove ${id}`)
        const removed = await world.removing()
        if (removed.ok) world.kept = []
        return removed
      },
      discard: async () => success(undefined),
    },
    packKeeper: {
      async keep(order, _, onProgress) {
        log.push(`keep ${order.id}`)
        onProgress(PROGRESS)
        const kept = await world.keeping()
        if (kept.ok) world.kept = [KEPT]
        return kept
      },
    },
    reading: {
      choosePack: async (id) => {
        log.push(`choose ${id}`)
        store.patch('model', { packId: id, packChoice: id, phase: 'ready' })
      },
      loadModels: async () => {
        log.push('load')
        store.patch('model', { packId: store.get().model.packChoice ?? 'bundled', phase: 'ready' })
      },
    },
  }
  return { packs: new BroughtPacks(deps), store, log, world }
}

let way: ReturnType<typeof createWay>
const codes = () => way.store.get().notices.map((notice) => [notice.severity, notice.told.code])
const addFolder = (folder = createPackFolder()) => way.packs.add({ folder })

beforeEach(() => {
  way = createWay()
})

describe('adding a pack', () => {
  it('keeps it, lists it behind the bundled ones and chooses it', async () => {
    await addFolder()
    expect(way.log).toEqual(['persist', 'keep tiny', 'choose tiny'])
    expect(way.store.get().model.packs.map(({ id, kept }) => [id, kept?.licence])).toEqual([
      ['bundled', undefined],
      ['tiny', 'MIT'],
    ])
    expect(codes()).toEqual([['info', 'pack-added']])
    expect(way.store.get().brought.adding).toBeNull()
  })

  it('shows how far it is, and counts as work', async () => {
    let finish: (result: Result<void>) => void = () => undefined
    way.world.keeping = () => new Promise((resolve) => (finish = resolve))
    const adding = addFolder()
    while (way.store.get().brought.adding?.file !== 'trunk.onnx') await new Promise((resolve) => setTimeout(resolve, 1))
    expect(way.store.get().brought.adding).toMatchObject({ title: 'Tiny pack', doneBytes: 10, totalBytes: 40 })
    expect(selectIsIdle(way.store.get())).toBe(false)
    expect(selectActivity(way.store.get())).toEqual({ label: 'Adding Tiny pack', fraction: 0.25 })
    await way.packs.add({ address: 'models/other/' })
    expect(codes()).toEqual([['warning', 'pack-adding']])
    finish(success(undefined))
    await adding
  })

  it('copies nothing where the very same is kept, and just chooses it', async () => {
    way.world.compared = { isSame: true, presentBytes: 40 }
    await addFolder()
    expect(way.log).toEqual(['choose tiny'])
    expect(codes()).toEqual([['info', 'pack-is-kept']])
    await way.packs.add({ address: 'models/tiny/' }, { isQuiet: true })
    expect(codes()).toHaveLength(1)
  })

  it('loads the pack again where another version took the place of the one in use', async () => {
    way.store.patch('model', { packId: 'tiny', packChoice: 'tiny', phase: 'ready' })
    await addFolder()
    expect(way.log.at(-1)).toBe('load')
  })

  it('takes the address of a bundled pack for that pack, and refuses its id from elsewhere', async () => {
    const bundled = createPackFolder('bundled')
    await way.packs.add({ folder: bundled })
    expect(codes()).toEqual([['error', 'pack-id-bundled']])
    way = createWay()
    const { packs, store } = way
    store.patch('model', { packs: [{ id: 'tiny', title: 'Tiny', line: '' }] })
    await packs.add({ address: 'models/tiny/manifest.json' })
    expect(way.log).toEqual(['fetch https://site.example/models/tiny/', 'choose tiny'])
  })

  it('refuses what cannot work before anything is written', async () => {
    const folder = createPackFolder()
    await addFolder({ ...folder, files: new Map([...folder.files].filter(([name]) => name !== 'head.onnx')) })
    await addFolder({ ...folder, manifestText: '{' })
    await way.packs.add({ address: 'https://other.example/a/' })
    await way.packs.add({ address: 'gone/' })
    way.world.quotaBytes = 1000
    await addFolder()
    expect(codes()).toEqual([
      ['error', 'pack-file-missing'],
      ['error', 'manifest-invalid'],
      ['error', 'pack-other-site'],
      ['error', 'manifest-unreachable'],
      ['error', 'pack-no-room'],
    ])
    expect(way.store.get().notices.at(-1)?.told.message).toContain('keep 900 B more (of 1.00 kB)')
    expect(way.log.filter((line) => line.startsWith('keep') || line.startsWith('choose'))).toEqual([])
  })

  it('says how much the browser took where it refuses in the middle', async () => {
    way.world.keeping = async () => {
      way.world.compared = { isSame: false, presentBytes: 9000 }
      return failure(problem('pack-no-room'))
    }
    await addFolder()
    expect(way.store.get().notices[0].told.message).toContain('took 9.00 kB of it')
  })

  it('that is cancelled is a note, no error, and leaves the model in use', async () => {
    way.world.keeping = async () => failure(problem('cancelled'))
    await addFolder()
    expect(codes()).toEqual([['info', 'cancelled']])
    expect(way.log.at(-1)).toBe('keep tiny')
  })

  it('survives a keeper that throws', async () => {
    way.world.keeping = () => Promise.reject(new Error('no worker'))
    await addFolder()
    expect(codes()).toEqual([['error', 'pack-not-added']])
    expect(way.store.get().brought.adding).toBeNull()
  })
})

describe('removing a pack', () => {
  beforeEach(async () => {
    await addFolder()
    way.log.length = 0
  })

  it('that is in use lets the bundled one take over first', async () => {
    await way.packs.remove('tiny')
    expect(way.log).toEqual(['load', 'remove tiny'])
    expect(way.store.get().model).toMatchObject({ packId: 'bundled', packChoice: null })
    expect(way.store.get().model.packs.map(({ id }) => id)).toEqual(['bundled'])
  })

  it('that is not in use changes nothing else, and a bundled one cannot be removed', async () => {
    way.store.patch('model', { packId: 'bundled', packChoice: 'bundled' })
    await way.packs.remove('bundled')
    await way.packs.remove('tiny')
    expect(way.log).toEqual(['remove tiny'])
    expect(way.store.get().model).toMatchObject({ packId: 'bundled', packChoice: 'bundled' })
  })

  it('that another tab holds stays in the list, and the user is told', async () => {
    way.world.removing = async () => failure(problem('pack-busy'))
    await way.packs.remove('tiny')
    expect(codes().at(-1)).toEqual(['error', 'pack-busy'])
    expect(way.store.get().model.packs.map(({ id }) => id)).toEqual(['bundled', 'tiny'])
  })
})
