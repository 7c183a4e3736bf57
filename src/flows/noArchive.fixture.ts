import type { StudyArchive } from '../storage/studyArchive.ts'

/** Nothing was ever opened on this device. */
export const NO_ARCHIVE: StudyArchive = {
  find: async () => null,
  note: async () => undefined,
  listWaiting: async () => [],
  countUtterances: async () => 0,
  toLegacyId: (id) => id,
  forget: async () => undefined,
}
