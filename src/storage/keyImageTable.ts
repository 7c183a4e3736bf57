import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import { sharedDatabase, type VoxctDatabase } from './database.ts'
import { parseKeyImageRow, toKeyImageRow } from './keyImageRow.ts'
import { createOwnTable, type OwnTable } from './ownTable.ts'

/** The key images of one study, by its salted id. */
export const openKeyImageTable = (studyId: string, database: VoxctDatabase = sharedDatabase): OwnTable<KeyImage> =>
  createOwnTable({
    table: {
      toArray: () => database.keyImages.where('studyId').equals(studyId).toArray(),
      put: (image) => database.keyImages.put(image),
      delete: (id) => database.keyImages.delete(id),
    },
    parse: parseKeyImageRow,
    toRow: toKeyImageRow,
  })
