import type { SaltedHasher } from '../base/saltedHash.ts'
import { sharedDatabase } from './database.ts'
import { toLegacyId } from './hideLegacyIds.ts'
import type { Journal } from './journal.ts'
import { type KeptStudy, parseKeptStudy } from './keptStudy.ts'

/** How much a reader has left in a study. */
export interface KeptCounts {
  readonly utteranceCount: number
  readonly measureCount: number
  readonly keyImageCount: number
}

/** Which studies have been read on this device, and what waits under which id. No call rejects. */
export interface StudyArchive {
  find(id: string): Promise<KeptStudy | null>
  note(study: KeptStudy): Promise<void>
  /** Studies of which something is kept, the one opened last first; those of an unknown title are named as well as can be. */
  listWaiting(): Promise<readonly (KeptStudy & KeptCounts)[]>
  countUtterances(id: string): Promise<number>
  /** The id under which the utterances of version 0.3.0's own id lie now. */
  toLegacyId(legacyId: string): string
  /** Forgets the study and everything that was said about it. */
  forget(id: string): Promise<void>
}

const unnamed = (id: string): KeptStudy => ({
  id,
  content: null,
  title: 'A study of an earlier version',
  subtitle: 'VoxCT 0.3.0 or before',
  format: null,
  openedAtMs: 0,
  seriesId: null,
  reportStatus: 'unread',
})

export interface StudyArchiveOptions {
  readonly journal: Pick<Journal, 'count' | 'clear'>
  readonly hasher: Pick<SaltedHasher, 'hash'>
  readonly database?: typeof sharedDatabase
}

export function createStudyArchive({ journal, hasher, database = sharedDatabase }: StudyArchiveOptions): StudyArchive {
  /** Those of this visit are found also where the browser keeps nothing. */
  const ofThisVisit = new Map<string, KeptStudy>()
  const find = async (id: string) =>
    ofThisVisit.get(id) ?? parseKeptStudy(await database.studies.get(id).catch(() => undefined))
  const countAll = async () => {
    const counted = await journal.count()
    return counted.ok ? counted.value : new Map<string, number>()
  }
  const countRows = async (table: 'measures' | 'keyImages' | 'reportEntries') => {
    const counts = new Map<string, number>()
    const ids = await database[table]
      .orderBy('studyId')
      .keys()
      .catch(() => [])
    for (const id of ids) counts.set(String(id), (counts.get(String(id)) ?? 0) + 1)
    return counts
  }
  return {
    find,
    toLegacyId: (legacyId) => toLegacyId(legacyId, hasher),
    async note(study) {
      ofThisVisit.set(study.id, study)
      await database.studies.put(study).catch(() => undefined)
    },
    async listWaiting() {
      const [words, measures, images, report] = await Promise.all([
        countAll(),
        countRows('measures'),
        countRows('keyImages'),
        countRows('reportEntries'),
      ])
      const ids = [...new Set([words, measures, images, report].flatMap((counts) => [...counts.keys()]))]
      const waiting = ids.map(async (id) => ({
        ...((await find(id)) ?? unnamed(id)),
        utteranceCount: words.get(id) ?? 0,
        measureCount: measures.get(id) ?? 0,
        keyImageCount: images.get(id) ?? 0,
      }))
      return (await Promise.all(waiting)).sort((a, b) => b.openedAtMs - a.openedAtMs)
    },
    countUtterances: async (id) => (await countAll()).get(id) ?? 0,
    async forget(id) {
      ofThisVisit.delete(id)
      await journal.clear(id)
      await database.studies.delete(id).catch(() => undefined)
      await database.queries.delete(id).catch(() => undefined)
      for (const table of [database.measures, database.keyImages, database.reportEntries])
        await table
          .where('studyId')
          .equals(id)
          .delete()
          .catch(() => 0)
    },
  }
}
