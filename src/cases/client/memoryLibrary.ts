import { toCaseSource } from '../../domain/retrieval/caseTable.ts'
import { toEmbeddings } from '../../domain/retrieval/embeddings.ts'
import { toLibraryTraits } from '../../domain/retrieval/libraryTraits.ts'
import type { OwnCase } from '../../domain/retrieval/own/ownCase.ts'
import { toListedCase } from '../../domain/retrieval/own/ownCase.ts'
import { rankLibrary } from '../../domain/retrieval/rankLibrary.ts'
import type { CaseLibrary } from './libraryClient.ts'

/** A library that lies in memory: hundreds of cases, whose ranking takes less than a message to a worker. */
export function openMemoryLibrary(cases: readonly OwnCase[], findingIds: readonly string[]): CaseLibrary {
  const dimension = cases[0]?.embedding.length ?? 0
  const vectors = new Float32Array(cases.length * dimension)
  cases.forEach(({ embedding }, n) => {
    vectors.set(embedding, n * dimension)
  })
  const embeddings = toEmbeddings(vectors, dimension)
  const listed = cases.map((one) => toListedCase(one, findingIds))
  return {
    rank(request) {
      const { own } = request
      // By the study's id alone is its own case known: ids of cases are their libraries'.
      const named = listed.map((one) => (one.own.studyId === own?.id ? { ...one, id: own.id } : one))
      return rankLibrary(toCaseSource(named), embeddings, request)
    },
    traits: () => toLibraryTraits(toCaseSource(listed), embeddings),
    close() {},
  }
}
