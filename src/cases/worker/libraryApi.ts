import { ProblemError, type Result, success, toProblem } from '../../base/result.ts'
import type { Library } from '../../domain/model/manifest.ts'
import { type CaseSource, openCaseTable, toCaseSource } from '../../domain/retrieval/caseTable.ts'
import { type RankedCase, type RankRequest, rankLibrary } from '../../domain/retrieval/rankLibrary.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'

/** Which library, and where its files lie. */
export interface LibrarySource {
  /** URL of the pack's folder, absolute, with a final slash. */
  readonly baseUrl: string
  readonly library: Library
  /** How many findings the pack has: labels are one each. */
  readonly findingCount: number
}

/** What the library worker answers; problems are values, because an error loses its fields on the way. */
export interface LibraryApi {
  /** Fetches embeddings and table, checked. Gives the number of cases. */
  open(source: LibrarySource): Promise<Result<number>>
  rank(request: RankRequest): Result<readonly RankedCase[]>
}

async function openCases({ baseUrl, library: { table, cases }, findingCount }: LibrarySource): Promise<CaseSource> {
  if (!table) return toCaseSource(cases)
  const opened = openCaseTable(new Uint8Array(await fetchPackFile(baseUrl, table)), table.count, findingCount)
  if (!opened.ok) throw new ProblemError(opened.problem)
  return opened.value
}

export function createLibraryApi(): LibraryApi {
  let opened: { readonly cases: CaseSource; readonly embeddings: Float32Array } | null = null
  return {
    async open(source) {
      try {
        const { embeddings } = source.library
        const [cases, vectors] = await Promise.all([
          openCases(source),
          embeddings ? fetchPackFile(source.baseUrl, embeddings) : new ArrayBuffer(0),
        ])
        opened = { cases, embeddings: new Float32Array(vectors) }
        return success(cases.size)
      } catch (thrown) {
        return { ok: false, problem: toProblem(thrown, 'library-failed') }
      }
    },
    rank(request) {
      try {
        if (!opened) throw new Error('No library is open.')
        return success(rankLibrary(opened.cases, opened.embeddings, request))
      } catch (thrown) {
        return { ok: false, problem: toProblem(thrown, 'library-failed') }
      }
    },
  }
}
