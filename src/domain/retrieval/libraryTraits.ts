import { measureLeastCosine } from './background.ts'
import { addToFacets, type CaseFacets, NO_FACETS } from './caseFilter.ts'
import type { CaseSource } from './caseTable.ts'
import type { Embeddings } from './embeddings.ts'

/** What may be asked of a library. */
export interface LibraryTraits {
  readonly facets: CaseFacets
  /** See `measureLeastCosine`. */
  readonly leastCosine: number | null
}

/** Cases that are looked at for what they say of themselves: of a large table not every line is read. */
const MOST_READ = 2000

function readFacets(cases: CaseSource): CaseFacets {
  const step = Math.max(1, Math.floor(cases.size / MOST_READ))
  let facets = NO_FACETS
  for (let n = 0; n < cases.size; n += step) facets = addToFacets(facets, cases.get(n))
  return facets
}

export const toLibraryTraits = async (cases: CaseSource, embeddings: Embeddings): Promise<LibraryTraits> => ({
  facets: readFacets(cases),
  leastCosine: await measureLeastCosine(cases, embeddings),
})
