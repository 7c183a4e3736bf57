import { Dexie, type EntityTable, type Table } from 'dexie'
import { failure, type Problem, type Result, success } from '../base/result.ts'
import type { JournalRow } from './journalRow.ts'
import type { KeptStudy } from './keptStudy.ts'
import type { KeyImageRow } from './keyImageRow.ts'
import type { MeasureRow } from './measureRow.ts'
import type { OwnCaseRow } from './ownCaseRow.ts'
import type { OwnFindingRow } from './ownFindingRow.ts'
import type { ReportRow } from './reportRow.ts'
import type { SpeechChunk } from './speechChunk.ts'
import type { TemplateRow } from './templateRow.ts'

export interface SettingRow {
  readonly name: string
  readonly value: unknown
}

/** Of `queryShelf.ts`. */
export interface QueryRow {
  readonly studyId: string
  readonly query: unknown
  readonly filter: unknown
}

/** Of `priorShelf.ts`. */
export interface PriorRow {
  readonly studyId: string
  readonly id: unknown
  readonly lock: unknown
  readonly offsetMm: unknown
  readonly registration: unknown
}

/** Everything VoxCT keeps in IndexedDB of its origin. Rows are checked when read: an older version may have written. */
export class VoxctDatabase extends Dexie {
  declare utterances: EntityTable<JournalRow, 'id'>
  declare settings: EntityTable<SettingRow, 'name'>
  declare studies: EntityTable<KeptStudy, 'id'>
  declare ownFindings: EntityTable<OwnFindingRow, 'id'>
  declare queries: EntityTable<QueryRow, 'studyId'>
  declare ownCases: EntityTable<OwnCaseRow, 'id'>
  declare measures: EntityTable<MeasureRow, 'id'>
  declare keyImages: EntityTable<KeyImageRow, 'id'>
  declare reportEntries: EntityTable<ReportRow, 'id'>
  declare priors: EntityTable<PriorRow, 'studyId'>
  declare templates: EntityTable<TemplateRow, 'id'>
  declare speechChunks: Table<SpeechChunk, [recordingId: string, startMs: number]>

  constructor(name = 'voxct') {
    super(name)
    this.version(1).stores({ utterances: 'id, studyId', settings: 'name' })
    this.version(2).stores({ studies: 'id' })
    this.version(3).stores({ ownFindings: 'id' })
    this.version(4).stores({ queries: 'studyId' })
    this.version(5).stores({ ownCases: 'id' })
    this.version(6).stores({ measures: 'id, studyId' })
    this.version(7).stores({ priors: 'studyId' })
    this.version(8).stores({ keyImages: 'id, studyId' })
    this.version(9).stores({ reportEntries: 'id, studyId' })
    this.version(10).stores({ speechChunks: '[recordingId+startMs], tabId' })
    this.version(11).stores({ templates: 'id' })
  }
}

/** One connection for the app; it opens with its first use. */
export const sharedDatabase = new VoxctDatabase()

export const STORAGE_UNAVAILABLE: Problem = {
  code: 'storage-unavailable',
  message: 'The browser keeps nothing on this device (a private window, or storage is blocked).',
  nextStep:
    'Dictation, findings of yours and settings work until the page is closed; use a normal window to keep them.',
}

/** What a task on the database gives, or why it failed. */
export async function attempt<T>(task: () => PromiseLike<T>): Promise<Result<T>> {
  try {
    return success(await task())
  } catch (error) {
    return failure(toStorageProblem(error))
  }
}

/** What IndexedDB threw, as a Problem: a full disk has another next step than a closed database. */
export function toStorageProblem(thrown: unknown): Problem {
  if (isQuotaError(thrown)) {
    return {
      code: 'storage-full',
      message: 'The device has no room left to keep what you made here.',
      nextStep: 'Delete old utterances or free disk space; until then nothing new survives a reload.',
    }
  }
  return {
    code: 'storage-failed',
    message: 'What you made here could not be written to or read from this device.',
    nextStep: 'Close other VoxCT tabs and reload the page; what is on screen is still there until then.',
  }
}

/** Dexie wraps the quota error of a transaction as the inner one of an AbortError. */
function isQuotaError(thrown: unknown): boolean {
  if (!(thrown instanceof Error || thrown instanceof DOMException)) return false
  const inner = 'inner' in thrown ? thrown.inner : null
  return thrown.name === 'QuotaExceededError' || (inner !== null && isQuotaError(inner))
}
