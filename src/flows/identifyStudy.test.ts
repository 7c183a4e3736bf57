import { expect, it } from 'vitest'
import type { KeptStudy } from '../storage/keptStudy.ts'
import { identifyStudy } from './identifyStudy.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { studyOf, volumeOf } from './oneStudy.fixture.ts'

const KEY = { id: 'study-1', content: 'ab'.repeat(16), legacyId: '1.2.3' }
const opened = { volume: volumeOf('study-1'), study: studyOf('study-1', { content: KEY.content }), key: KEY }

const archiveWith = (known: Record<string, string>, counts: Record<string, number> = {}) => ({
  archive: {
    ...NO_ARCHIVE,
    find: async (id: string) => (known[id] ? ({ id, content: known[id] } as KeptStudy) : null),
    countUtterances: async (id: string) => counts[id] ?? 0,
    toLegacyId: (id: string) => `legacy-${id}`,
  },
})

it('takes a study that was never here, and the same one again, by its key', async () => {
  for (const known of [{} as Record<string, string>, { 'study-1': KEY.content }]) {
    const { study, volume, notice, offers } = await identifyStudy(archiveWith(known), opened)
    expect([study.id, volume.id, notice, offers]).toEqual(['study-1', 'study-1', null, []])
  }
})

it('keeps other images under equal UIDs apart, tells so, and offers what was said about the first', async () => {
  const deps = archiveWith({ 'study-1': 'cd'.repeat(16) }, { 'study-1': 3 })
  const { study, volume, notice, offers } = await identifyStudy(deps, opened)
  expect([study.id, volume.id]).toEqual(['study-1-abababababababab', 'study-1-abababababababab'])
  expect(notice?.code).toBe('same-ids-other-images')
  expect(offers).toEqual([{ reason: 'other-content', storedUnder: 'study-1', count: 3 }])
})

it('tells of other images once: from then on they are known under their own id', async () => {
  const deps = archiveWith({ 'study-1': 'cd'.repeat(16), 'study-1-abababababababab': KEY.content })
  expect((await identifyStudy(deps, opened)).notice).toBeNull()
})

it('offers what version 0.3.0 kept under its own id of the file', async () => {
  const { offers } = await identifyStudy(archiveWith({}, { 'legacy-1.2.3': 2 }), opened)
  expect(offers).toEqual([{ reason: '0.3.0', storedUnder: 'legacy-1.2.3', count: 2 }])
})
