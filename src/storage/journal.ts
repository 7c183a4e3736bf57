import type { Problem, Result } from '../base/result.ts'
import { attempt, STORAGE_UNAVAILABLE, sharedDatabase, type VoxctDatabase } from './database.ts'
import { type JournalEntry, parseJournalRow, toJournalRow } from './journalRow.ts'
import { createSpeechLog, forgetChunks, NO_SPEECH_LOG, type RecordedUntil, type SpeechLog } from './speechLog.ts'
import { createTabLife } from './tabLife.ts'

export interface JournalListing {
  /** In the order they were spoken. */
  readonly entries: readonly JournalEntry[]
  /** Rows of the study that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
}

/**
 * The dictation as it was spoken, so that a reload or a crash loses nothing. Problems of every call: `storage-full`,
 * `storage-failed`; the app goes on without them being solved.
 */
export interface Journal {
  /** Why nothing survives a reload, to be told once; null where the journal is kept. */
  readonly problem: Problem | null
  /** What is being said and is no utterance yet. */
  readonly speech: SpeechLog
  /** Writes an utterance; also brings a removed one back. In the same step what was written of it while it was said goes. */
  put(entry: JournalEntry, said?: RecordedUntil): Promise<Result<void>>
  /** Writes what is new about an utterance; nothing where there is none of this id any more. */
  update(
    id: string,
    change: Partial<Pick<JournalEntry, 'transcript' | 'words' | 'statements' | 'edits'>>,
  ): Promise<Result<void>>
  remove(id: string): Promise<Result<void>>
  list(studyId: string): Promise<Result<JournalListing>>
  /** Number of utterances under each study id that has any. */
  count(): Promise<Result<ReadonlyMap<string, number>>>
  /** Gives all utterances under an id to another study and marks them so. */
  adopt(fromId: string, studyId: string): Promise<Result<void>>
  /** Removes all utterances under an id. */
  clear(studyId: string): Promise<Result<void>>
}

type Row = Record<string, unknown>

/** The few operations a journal needs from where its rows lie. */
interface JournalTable {
  put(row: object, said?: RecordedUntil): Promise<unknown>
  update(id: string, change: object): Promise<unknown>
  delete(id: string): Promise<unknown>
  rowsOf(studyId: string): Promise<unknown[]>
  /** Study id of every row. */
  studyIds(): Promise<readonly unknown[]>
  updateOf(studyId: string, change: object): Promise<unknown>
  deleteOf(studyId: string): Promise<unknown>
}

/** Opens the journal in IndexedDB, or in memory where the browser keeps nothing. Never rejects. */
export async function openJournal(database = sharedDatabase, tab = createTabLife()): Promise<Journal> {
  try {
    await database.open()
    return createJournal(toDatabaseTable(database), createSpeechLog(database, tab), null)
  } catch {
    return createJournal(createMemoryTable(), NO_SPEECH_LOG, STORAGE_UNAVAILABLE)
  }
}

function createJournal(table: JournalTable, speech: SpeechLog, problem: Problem | null): Journal {
  return {
    problem,
    speech,
    put: (entry, said) => attempt(async () => void (await table.put(toJournalRow(entry), said))),
    update: (id, change) => attempt(async () => void (await table.update(id, change))),
    remove: (id) => attempt(async () => void (await table.delete(id))),
    list: (studyId) => attempt(async () => toListing(await table.rowsOf(studyId))),
    count: () => attempt(async () => countIds(await table.studyIds())),
    adopt: (fromId, studyId) => attempt(async () => void (await table.updateOf(fromId, { studyId, isAdopted: true }))),
    clear: (studyId) => attempt(async () => void (await table.deleteOf(studyId))),
  }
}

/** By time of speaking; utterances of one file share it and follow their own clock. */
function toListing(rows: readonly unknown[]): JournalListing {
  const entries = rows.map(parseJournalRow).filter((entry) => entry !== null)
  entries.sort((a, b) => a.createdAtMs - b.createdAtMs || a.startMs - b.startMs)
  return { entries, unreadableCount: rows.length - entries.length }
}

function countIds(ids: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) if (typeof id === 'string') counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function toDatabaseTable(database: VoxctDatabase): JournalTable {
  const { utterances, speechChunks } = database
  return {
    put: (row, said) =>
      database.transaction('rw', [utterances, speechChunks], async () => {
        await utterances.put(row as never)
        if (said) await forgetChunks(database, said)
      }),
    update: (id, change) => utterances.update(id, change),
    delete: (id) => utterances.delete(id),
    rowsOf: (studyId) => utterances.where('studyId').equals(studyId).toArray(),
    studyIds: () => utterances.orderBy('studyId').keys(),
    updateOf: (studyId, change) => utterances.where('studyId').equals(studyId).modify(change),
    deleteOf: (studyId) => utterances.where('studyId').equals(studyId).delete(),
  }
}

function createMemoryTable(): JournalTable {
  const rows = new Map<string, Row>()
  const rowsOf = async (studyId: string) => [...rows.values()].filter((row) => row.studyId === studyId)
  const update = async (id: string, change: object) => {
    const row = rows.get(id)
    if (row) rows.set(id, { ...row, ...change })
  }
  return {
    put: async (row) => rows.set((row as { id: string }).id, row as Row),
    update,
    delete: async (id) => rows.delete(id),
    rowsOf,
    studyIds: async () => [...rows.values()].map((row) => row.studyId),
    async updateOf(studyId, change) {
      for (const { id } of await rowsOf(studyId)) await update(id as string, change)
    },
    async deleteOf(studyId) {
      for (const { id } of await rowsOf(studyId)) rows.delete(id as string)
    },
  }
}
