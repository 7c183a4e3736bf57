import type { Measure } from '../domain/measure/measure.ts'
import { sharedDatabase, type VoxctDatabase } from './database.ts'
import { parseMeasureRow, toMeasureRow } from './measureRow.ts'
import { createOwnTable, type OwnTable } from './ownTable.ts'

/** The measures of one study, by its salted id. */
export const openMeasureTable = (studyId: string, database: VoxctDatabase = sharedDatabase): OwnTable<Measure> =>
  createOwnTable({
    table: {
      toArray: () => database.measures.where('studyId').equals(studyId).toArray(),
      put: (measure) => database.measures.put(measure),
      delete: (id) => database.measures.delete(id),
    },
    parse: parseMeasureRow,
    toRow: toMeasureRow,
  })
