import * as v from 'valibot'
import type { QuerySource, SimilarFilter, SimilarQuery } from '../state/appState.ts'
import { sharedDatabase } from './database.ts'

/** What similar cases of a study were searched by last, and filtered by. */
export interface KeptQuery {
  readonly query: SimilarQuery
  readonly filter: SimilarFilter
}

/** Queries by the study that they were asked about, so that a reload shows the list again. No call rejects. */
export interface QueryShelf {
  find(studyId: string): Promise<KeptQuery | null>
  keep(studyId: string, kept: KeptQuery): Promise<void>
}

const MOST_LETTERS = 2000
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_LETTERS))
const finite = v.pipe(v.number(), v.finite())

const source: v.GenericSchema<unknown, QuerySource> = v.variant('kind', [
  v.object({ kind: v.literal('ct') }),
  v.object({ kind: v.literal('dictation') }),
  v.object({ kind: v.literal('utterance'), utteranceId: name }),
  v.object({ kind: v.literal('statement'), utteranceId: name, findingId: name }),
  v.object({ kind: v.literal('finding'), findingId: name }),
  v.object({ kind: v.literal('text'), text: name }),
  v.object({ kind: v.literal('place'), pointLpsMm: v.tuple([finite, finite, finite]) }),
])

const part = v.object({ source, weight: v.pipe(finite, v.gtValue(0), v.maxValue(4)), isWithout: v.boolean() })

const query: v.GenericSchema<unknown, SimilarQuery> = v.union([
  source,
  v.object({ kind: v.literal('combined'), parts: v.pipe(v.array(part), v.minLength(1)) }),
])

const filter = v.object({
  findingIds: v.array(name),
  sex: v.nullable(v.picklist(['female', 'male', 'other'])),
  ageFrom: v.nullable(finite),
  ageTo: v.nullable(finite),
  dateFrom: v.nullable(name),
  dateTo: v.nullable(name),
})

const row = v.object({ studyId: name, query, filter })

/** One that an other version wrote, and this one cannot read, is as none. */
export function createQueryShelf(database = sharedDatabase): QueryShelf {
  return {
    async find(studyId) {
      const parsed = v.safeParse(row, await database.queries.get(studyId).catch(() => undefined))
      return parsed.success ? { query: parsed.output.query, filter: parsed.output.filter } : null
    },
    async keep(studyId, kept) {
      await database.queries.put({ studyId, ...kept }).catch(() => undefined)
    },
  }
}
