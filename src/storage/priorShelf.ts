import * as v from 'valibot'
import type { PriorLink } from '../domain/study/priorLink.ts'
import { sharedDatabase } from './database.ts'

/** What lay beside a study, and how both were tied. */
export interface KeptPrior extends PriorLink {
  /** Of its series (`Comparable`): a salted hash. */
  readonly id: string
}

/** What lay beside studies, by the study being read, so that a reload brings it back with its files. No call rejects. */
export interface PriorShelf {
  find(studyId: string): Promise<KeptPrior | null>
  keep(studyId: string, kept: KeptPrior): Promise<void>
  forget(studyId: string): Promise<void>
}

const MOST_LETTERS = 200
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_LETTERS))
const finite = v.pipe(v.number(), v.finite())
const matrix = v.pipe(v.array(finite), v.length(16))

const row: v.GenericSchema<unknown, KeptPrior & { readonly studyId: string }> = v.object({
  studyId: name,
  id: name,
  lock: v.picklist(['none', 'offset', 'registered']),
  offsetMm: v.nullable(v.tuple([finite, finite, finite])),
  registration: v.nullable(v.object({ priorToCurrent: matrix, currentToPrior: matrix, overlap: finite })),
})

/** One that an other version wrote, and this one cannot read, is as none. */
export function createPriorShelf(database = sharedDatabase): PriorShelf {
  return {
    async find(studyId) {
      const parsed = v.safeParse(row, await database.priors.get(studyId).catch(() => undefined))
      if (!parsed.success) return null
      const { studyId: _, ...kept } = parsed.output
      return kept
    },
    async keep(studyId, kept) {
      await database.priors.put({ studyId, ...kept }).catch(() => undefined)
    },
    async forget(studyId) {
      await database.priors.delete(studyId).catch(() => undefined)
    },
  }
}
