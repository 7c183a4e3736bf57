import type { SaltedHasher } from '../base/saltedHash.ts'
import { sharedDatabase } from './database.ts'

/** Ids that name nobody: salted hashes, seeds of phantoms, and what this file has made. */
const HIDDEN = /^(study|legacy)-[0-9a-f]{32}|^phantom-\d+$/

/** The id that replaces one of version 0.3.0, which held a file's name or a UID. */
export const toLegacyId = (legacyId: string, hasher: Pick<SaltedHasher, 'hash'>): string =>
  HIDDEN.test(legacyId) ? legacyId : `legacy-${hasher.hash(['0.3.0', legacyId])}`

/**
 * Version 0.3.0 kept utterances under the name of a file or a Series UID. They stay, under a salted hash of it, to be
 * offered when that file is opened. May be called at every start: what is hidden stays as it is. Never rejects.
 */
export async function hideLegacyIds(hasher: Pick<SaltedHasher, 'hash'>, database = sharedDatabase): Promise<void> {
  try {
    const ids = await database.utterances.orderBy('studyId').uniqueKeys()
    for (const id of ids) {
      if (typeof id !== 'string' || HIDDEN.test(id)) continue
      await database.utterances
        .where('studyId')
        .equals(id)
        .modify({ studyId: toLegacyId(id, hasher) })
    }
  } catch {
    // Nothing is kept in this browser, or it could not be written: the next start tries again.
  }
}
