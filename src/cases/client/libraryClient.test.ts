import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import { type PackServer, servePack } from '../../inference/worker/servePack.fixture.ts'
import { createLibraryApi } from '../worker/libraryApi.ts'
import { openLibrary } from './libraryClient.ts'

let server: PackServer
beforeAll(async () => {
  server = await servePack('fixtures/models/tiny-typed')
})
afterAll(() => server.close())

const QUERY = Float32Array.from([1, 0, 0, 0, 0, 0])

function setUp(library: Partial<Manifest['library']> = {}, api: object = createLibraryApi()) {
  const workers: ChannelWorker[] = []
  const manifest = { ...server.pack.manifest, library: { ...server.pack.manifest.library, ...library } }
  const opened = openLibrary({ ...server.pack, manifest }, () => {
    const worker = new ChannelWorker(workers.length === 0 ? api : createLibraryApi())
    workers.push(worker)
    return worker
  })
  return { library: opened, workers }
}

test('a table is fetched, checked and ranked, one reconstruction a scan', async () => {
  const { library } = setUp()
  const { cases: ranked } = await library.rank({ query: QUERY, count: 40, own: null })
  expect(ranked).toHaveLength(16)
  expect(new Set(ranked.map(({ found }) => found.scan)).size).toBe(16)
  const cosines = ranked.map(({ cosine }) => cosine)
  expect(cosines).toEqual([...cosines].sort((a, b) => b - a))
  const own = { id: 'nifti', fileName: 'scan_3_b.nii.gz' }
  const { cases: others } = await library.rank({ query: QUERY, count: 40, own })
  expect(others.map(({ found }) => found.scan)).not.toContain('scan_3')
  expect(others).toHaveLength(15)
  library.close()
})

test('cases in the manifest itself need no table, and an empty library answers with none', async () => {
  const tiny = await servePack('fixtures/models/tiny')
  const inline = openLibrary(tiny.pack, () => new ChannelWorker(createLibraryApi()))
  const { cases: ranked } = await inline.rank({ query: QUERY, count: 12, own: null })
  expect(ranked.map(({ found }) => found.id).sort()).toEqual(['case-0', 'case-1'])
  inline.close()
  tiny.close()
  const empty = setUp({ table: undefined, embeddings: undefined, cases: [] }).library
  expect((await empty.rank({ query: QUERY, count: 12, own: null })).cases).toEqual([])
  empty.close()
})

test('a file that is not the one the manifest names is refused with its name, and asked for again', async () => {
  const { embeddings } = server.pack.manifest.library
  if (!embeddings) throw new Error('the fixture has embeddings')
  const { library, workers } = setUp({ embeddings: { ...embeddings, sha256: '0'.repeat(64) } })
  for (let attempt = 1; attempt <= 2; attempt++) {
    await expect(library.rank({ query: QUERY, count: 1, own: null })).rejects.toMatchObject({
      problem: { code: 'model-corrupt', message: expect.stringContaining('library.f32') },
    })
    expect(workers).toHaveLength(attempt)
  }
})

test('a search whose worker dies is refused, and the next one has another worker', async () => {
  const { library, workers } = setUp({}, { open: () => new Promise(() => undefined) })
  const search = library.rank({ query: QUERY, count: 1, own: null })
  workers[0].crash('out of memory')
  await expect(search).rejects.toMatchObject({ problem: { code: 'library-crashed' } })
  expect((await library.rank({ query: QUERY, count: 1, own: null })).cases).toHaveLength(1)
  library.close()
})
