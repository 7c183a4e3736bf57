import { failure, type Problem, type Result, success } from '../base/result.ts'
import { STORAGE_UNAVAILABLE, sharedDatabase, toStorageProblem, type VoxctDatabase } from './database.ts'
import { type JournalEntry, type JournalRow, parseJournalRow, toJournalRow } from './journalRow.ts'

/**
 * The dictation as it was spoken, so that a reload or a crash loses nothing. Problems of every call: `storage-full`,
 * `storage-failed`; the app goes on without them being solved.
 */
export interface Journal {
  /** Why nothing survives a reload, to be told once; null where the journal is kept. */
  readonly problem: Problem | null
  /** Writes an utterance, or what is new about it; also brings a removed one back. */
  put(entry: JournalEntry): Promise<Result<void>>
  /** Removes an utterance and returns it, for undo; null when it was not there. */
  remove(id: string): Promise<Result<JournalEntry | null>>
  /** The utterances of a study in the order they were spoken. Rows that cannot be read are left out. */
  list(studyId: string): Promise<Result<readonly JournalEntry[]>>
  /** Removes all utterances of a study. */
  clear(studyId: string): Promise<Result<void>>
}

/** The few operations a journal needs from where its rows lie. */
interface JournalTable {
  put(row: JournalRow): Promise<unknown>
  get(id: string): Promise<unknown>
  delete(id: string): Promise<unknown>
  rowsOf(studyId: string): Promise<unknown[]>
  deleteOf(studyId: string): Promise<unknown>
}

/** Opens the journal in IndexedDB, or in memory where the browser keeps nothing. Never rejects. */
export async function openJournal(database = sharedDatabase): Promise<Journal> {
  try {
    await database.open()
    return createJournal(toDatabaseTable(database), null)
  } catch {
    return createJournal(createMemoryTable(), STORAGE_UNAVAILABLE)
  }
}

function createJournal(table: JournalTable, problem: Problem | null): Journal {
  return {
    problem,
    put: (entry) => attempt(async () => void (await table.put(toJournalRow(entry)))),
    remove: (id) =>
      attempt(async () => {
        const entry = parseJournalRow(await table.get(id))
        await table.delete(id)
        return entry
      }),
    list: (studyId) => attempt(async () => toEntries(await table.rowsOf(studyId))),
    clear: (studyId) => attempt(async () => void (await table.deleteOf(studyId))),
  }
}

async function attempt<T>(task: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await task())
  } catch (error) {
    return failure(toStorageProblem(error))
  }
}

/** By time of speaking; utterances of one file share it and follow their own clock. */
function toEntries(rows: readonly unknown[]): JournalEntry[] {
  const entries = rows.map(parseJournalRow).filter((entry) => entry !== null)
  return entries.sort((a, b) => a.createdAtMs - b.createdAtMs || a.startMs - b.startMs)
}

function toDatabaseTable({ utterances }: VoxctDatabase): JournalTable {
  return {
    put: (row) => utterances.put(row),
    get: (id) => utterances.get(id),
    delete: (id) => utterances.delete(id),
    rowsOf: (studyId) => utterances.where('studyId').equals(studyId).toArray(),
    deleteOf: (studyId) => utterances.where('studyId').equals(studyId).delete(),
  }
}

function createMemoryTable(): JournalTable {
  const rows = new Map<string, JournalRow>()
  const rowsOf = async (studyId: string) => [...rows.values()].filter((row) => row.studyId === studyId)
  return {
    put: async (row) => rows.set(row.id, row),
    get: async (id) => rows.get(id),
    delete: async (id) => rows.delete(id),
    rowsOf,
    deleteOf: async (studyId) => {
      for (const row of await rowsOf(studyId)) rows.delete(row.id)
    },
  }
}
