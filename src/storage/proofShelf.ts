import * as v from 'valibot'
import { sharedDatabase } from './database.ts'

/** A self-test that a model passed on this device. */
export interface RememberedProof {
  readonly cosine: number
  /** Milliseconds since 1970. */
  readonly testedAt: number
}

export interface ProofShelf {
  find(key: string): Promise<RememberedProof | null>
  keep(key: string, proof: RememberedProof): Promise<void>
  /** Every self-test is run again from now on. */
  clear(): Promise<void>
}

const proofSchema = v.object({ cosine: v.number(), testedAt: v.number() })

const PREFIX = 'parity:'

/**
 * Self-tests that were passed, by what they prove. Those of this visit are found also where the browser keeps nothing;
 * a worker that died loads again without a test. No call rejects: at worst a test is run once more.
 */
export function createProofShelf(database = sharedDatabase): ProofShelf {
  const ofThisVisit = new Map<string, RememberedProof>()
  return {
    async find(key) {
      const known = ofThisVisit.get(key)
      if (known) return known
      const row = await database.settings.get(PREFIX + key).catch(() => undefined)
      const parsed = v.safeParse(proofSchema, row?.value)
      return parsed.success ? parsed.output : null
    },
    async keep(key, proof) {
      ofThisVisit.set(key, proof)
      await database.settings.put({ name: PREFIX + key, value: proof }).catch(() => undefined)
    },
    async clear() {
      ofThisVisit.clear()
      await database.settings
        .where('name')
        .startsWith(PREFIX)
        .delete()
        .catch(() => undefined)
    },
  }
}
