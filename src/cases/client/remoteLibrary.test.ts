import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openRemoteLibrary, toServerUrl } from './remoteLibrary.ts'

const read = (path: string) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8')
const ANSWER = read('search/answer.json')
const findingCount: number = JSON.parse(read('models/tiny-typed/manifest.json')).findings.length
const SOURCE = {
  url: 'https://site/library/search',
  title: 'Archive',
  encoder: 'f3ef180a4e7e87773e2933b9740c07b5',
  findingCount,
}
const QUERY = Float32Array.from([1, 0, 0, 0, 0, 0])
const ask = { query: QUERY, count: 2, own: null }

/** A library whose server does what `serve` says, and what was told of it. */
function setUp(serve: () => Response | Promise<Response>) {
  const told: string[] = []
  const sent: { url: string; init: RequestInit }[] = []
  const state = { serve }
  const library = openRemoteLibrary(
    SOURCE,
    {
      onSent: (bytes) => told.push(`sent ${bytes}`),
      onAway: (reason) => told.push(`away: ${reason}`),
      onBack: () => told.push('back'),
    },
    async (url, init) => {
      sent.push({ url, init })
      return state.serve()
    },
  )
  return { library, told, sent, state }
}

const answering = () => new Response(ANSWER)

describe('a library on a server', () => {
  it('gives the best reconstruction of each scan, with what the server says of its library', async () => {
    const { library, sent } = setUp(answering)
    const [ranking, traits] = await Promise.all([library.rank(ask), library.traits()])
    expect(ranking.cases.map(({ found }) => found.id)).toEqual(['Archive: scan_11_a', 'Archive: scan_8_a'])
    expect(ranking).toMatchObject({ size: 32, filteredOut: 0 })
    expect(traits).toMatchObject({ leastCosine: null, facets: { labels: true } })
    expect(Object.keys(JSON.parse(String(sent[0].init.body))).sort()).toEqual([
      'count',
      'embedding',
      'encoder',
      'format',
    ])
    expect(sent[0]).toMatchObject({ url: SOURCE.url, init: { method: 'POST', redirect: 'error' } })
  })

  it('counts every byte that it sends, and sends nothing for another filter of the same query', async () => {
    const { library, told, sent } = setUp(answering)
    await library.rank(ask)
    const filter = { findings: [], withoutFindings: [], sex: 'female' as const, ageYears: null, date: null }
    expect((await library.rank({ ...ask, filter })).cases).toEqual([])
    await library.rank({ ...ask, own: { id: 'x', fileName: 'scan_8_a.nii.gz' } })
    expect(sent).toHaveLength(1)
    expect(told).toEqual([`sent ${String(sent[0].init.body).length}`])
  })

  it('knows the scan on screen without telling the server', async () => {
    const { library } = setUp(answering)
    const { cases } = await library.rank({ ...ask, own: { id: 'x', fileName: 'scan_8_a.nii.gz' } })
    expect(cases.map(({ found }) => found.id)).toEqual(['Archive: scan_11_a'])
  })

  it.each([
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['refuses', () => new Response('{"problem": "no"}', { status: 503 })],
    ['sends a page', () => new Response('<!doctype html>')],
    ['sends what is no answer', () => new Response('{"cases": []}')],
  ])('tells once when the server %s, goes on without it, and comes back by itself', async (_, serve) => {
    const { library, told, state } = setUp(serve)
    const none = { cases: [], size: 0, chanceCosine: null, filteredOut: 0 }
    expect(await library.rank(ask)).toEqual(none)
    expect(await library.rank(ask)).toEqual(none)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(told.filter((line) => line.startsWith('away'))).toHaveLength(1)
    state.serve = answering
    expect(await library.rank(ask)).toEqual(none)
    await expect.poll(() => told.at(-1)).toBe('back')
    expect((await library.rank(ask)).cases).toHaveLength(2)
  })

  it('does not wait for a server that is away', async () => {
    const { library, state } = setUp(() => new Response('', { status: 503 }))
    await library.rank(ask)
    state.serve = () => new Promise<Response>(() => undefined)
    const [ranking, traits] = await Promise.all([library.rank(ask), library.traits()])
    expect(ranking.size).toBe(0)
    expect(traits.leastCosine).toBeNull()
  })
})

it.each([
  ['library/search', 'https://site/app/library/search'],
  ['https://elsewhere/search', null],
  ['//elsewhere/search', null],
  ['../search', null],
  ['/\\elsewhere', null],
])('a path of this site is asked and no other: %s', (path, url) => {
  const found = toServerUrl('https://site/app/', path)
  expect(found.ok ? found.value : null).toBe(url)
})
