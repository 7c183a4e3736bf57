import { beforeEach, expect, it } from 'vitest'
import { failure, type Result, success } from '../base/result.ts'
import type { RemoteEvents } from '../cases/client/remoteLibrary.ts'
import { toServerUrl } from '../cases/client/remoteLibrary.ts'
import { toGraphsHash } from '../domain/model/encoderKey.ts'
import { mergeRankings } from '../domain/retrieval/mergeRankings.ts'
import { toListedRemote } from '../domain/retrieval/remote/remoteCase.ts'
import { Desk } from '../session/desk.ts'
import { PackSession } from '../session/packSession.ts'
import { createAppStore } from '../state/store.ts'
import { axisPack } from './oneStudy.fixture.ts'
import { RemoteLibraries } from './remoteLibraries.ts'

const PATH = 'library/search'
const file = { variant: 'fp32', file: 'a.onnx', sha256: 'a'.repeat(64), bytes: 1 }
const CT = { trunk: [file], head: [{ ...file, sha256: 'b'.repeat(64) }] }

async function createWorld(servers: object[] | Result<never>) {
  const store = createAppStore()
  const loaded = axisPack()
  const pack = new PackSession({ ...loaded, manifest: { ...loaded.manifest, ct: CT as never } })
  const desk = new Desk({ screen: store, records: store, volumes: {} as never })
  desk.pack = pack
  const opened: { url: string; events: RemoteEvents; isClosed: boolean }[] = []
  let changes = 0
  const remote = new RemoteLibraries(
    {
      screen: store,
      siteUrl: 'https://site/app/',
      fetchLibraryServers: async () => (Array.isArray(servers) ? success(servers as never) : servers),
      openRemoteLibrary({ url }, events) {
        const one = { url, events, isClosed: false }
        opened.push(one)
        return {
          rank: async () => ({}) as never,
          traits: async () => ({}) as never,
          close() {
            one.isClosed = true
          },
        }
      },
      toServerUrl,
    },
    desk,
    () => changes++,
  )
  await remote.load()
  return { store, pack, remote, opened, changes: () => changes, state: () => store.get().remote }
}

let encoder: string
beforeEach(async () => {
  encoder = await toGraphsHash({ ct: CT } as never)
})

it('asks no server before the reader agrees, and none after the reader takes it back', async () => {
  const { pack, remote, opened, state, changes } = await createWorld([{ title: 'Archive', path: PATH, encoder }])
  expect(state().offered).toEqual([
    { title: 'Archive', path: PATH, url: 'https://site/app/library/search', phase: 'ready' },
  ])
  expect(opened).toEqual([])
  await remote.agree(PATH, true)
  expect(state().agreed).toEqual([PATH])
  expect(pack.libraries.map(({ id }) => id).at(-1)).toBe('https://site/app/library/search')
  expect(changes()).toBe(2)
  await remote.agree(PATH, false)
  expect(state().agreed).toEqual([])
  expect(opened[0].isClosed).toBe(true)
  expect(pack.libraries).toHaveLength(1)
})

it('never asks a library of another encoder, and says so', async () => {
  const { pack, remote, opened, state } = await createWorld([{ title: 'Archive', path: PATH, encoder: '0'.repeat(32) }])
  await remote.agree(PATH, true)
  expect(state().offered[0].phase).toBe('other-model')
  expect([opened.length, pack.libraries.length]).toEqual([0, 1])
})

it('counts what is sent, tells once that a server is away, and searches again when it is back', async () => {
  const { store, remote, opened, state, changes } = await createWorld([{ title: 'Archive', path: PATH, encoder }])
  await remote.agree(PATH, true)
  const [{ events }] = opened
  events.onSent(300)
  events.onSent(301)
  expect(state()).toMatchObject({ bytesSent: 601, searches: 2 })
  events.onAway('Failed to fetch')
  expect(state().offered[0].phase).toBe('away')
  expect(store.get().notices.map(({ told }) => told.code)).toEqual(['library-server-away'])
  expect(store.get().notices[0].told.message).toBe('Archive does not answer (Failed to fetch).')
  const before = changes()
  events.onBack()
  expect([state().offered[0].phase, changes() - before]).toEqual(['ready', 1])
})

it('tells of a list that is not valid, and offers nothing', async () => {
  const problem = { code: 'libraries-invalid', message: 'No.', nextStep: 'Mend it.' }
  const { store, state } = await createWorld(failure(problem))
  expect([store.get().notices.at(-1)?.told, state().offered]).toEqual([problem, []])
})

it('lists a case that lies here and on the server once, as the one that lies here', () => {
  const embedding = Float32Array.from([0.6, 0.8])
  const other = Float32Array.from([0.8, 0.6])
  const one = { found: { id: 'a', title: 'A' }, cosine: 0.6, isOwnPatient: false, embedding }
  const there = (found: { id: string; title: string }, cosine: number, vector: Float32Array) => ({
    found: toListedRemote(found, 'Archive'),
    cosine,
    isOwnPatient: false,
    embedding: vector,
  })
  const about = { size: 2, chanceCosine: null, filteredOut: 0 }
  const { cases } = mergeRankings(
    [
      { ...about, cases: [one] },
      { ...about, cases: [there({ id: 'b', title: 'B' }, 0.8, other), there(one.found, 0.6, embedding.slice())] },
    ],
    5,
  )
  expect(cases.map(({ found }) => found.id)).toEqual(['Archive: b', 'a'])
})
