import { ProblemError, type Result, success, toProblem } from '../../base/result.ts'
import type { Library, PackFile } from '../../domain/model/manifest.ts'
import { type CaseSource, openCaseTable, toCaseSource } from '../../domain/retrieval/caseTable.ts'
import {
  type Embeddings,
  MOST_BYTES_IN_MEMORY,
  openEmbeddings,
  toEmbeddings,
} from '../../domain/retrieval/embeddings.ts'
import { type LibraryTraits, toLibraryTraits } from '../../domain/retrieval/libraryTraits.ts'
import { type Ranking, type RankRequest, rankLibrary } from '../../domain/retrieval/rankLibrary.ts'
import { fetchPackFile, openPackFileBlob, orThrow } from '../../packs/fetch/packFiles.ts'

/** Which library, and where its files lie. */
export interface LibrarySource {
  /** URL of the pack's folder, absolute, with a final slash. */
  readonly baseUrl: string
  readonly library: Library
  /** How many findings the pack has: labels are one each. */
  readonly findingCount: number
  /** Of the pack's embeddings. */
  readonly dimension: number
}

/** What the library worker answers; problems are values, because an error loses its fields on the way. */
export interface LibraryApi {
  /** Fetches embeddings and table, checked. Gives the number of cases. */
  open(source: LibrarySource): Promise<Result<number>>
  rank(request: RankRequest): Promise<Result<Ranking>>
  /** What may be asked of it; measured with the first call. */
  traits(): Promise<Result<LibraryTraits>>
}

async function openCases({ baseUrl, library: { table, cases }, findingCount }: LibrarySource): Promise<CaseSource> {
  if (!table) return toCaseSource(cases)
  const opened = openCaseTable(new Uint8Array(await fetchPackFile(baseUrl, table)), table.count, findingCount)
  if (!opened.ok) throw new ProblemError(opened.problem)
  return opened.value
}

async function openVectors(baseUrl: string, file: PackFile | undefined, dimension: number): Promise<Embeddings> {
  if (!file) return toEmbeddings(new Float32Array(0), dimension)
  if (file.bytes > MOST_BYTES_IN_MEMORY)
    return openEmbeddings(await orThrow(openPackFileBlob(baseUrl, file)), dimension)
  return toEmbeddings(new Float32Array(await fetchPackFile(baseUrl, file)), dimension)
}

/** A problem is a value here, because an error loses its fields on the way out of a worker. */
async function answer<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await ask())
  } catch (thrown) {
    return { ok: false, problem: toProblem(thrown, 'library-failed') }
  }
}

export function createLibraryApi(): LibraryApi {
  let opened: { readonly cases: CaseSource; readonly embeddings: Embeddings } | null = null
  let traits: Promise<LibraryTraits> | null = null
  const expectOpened = () => {
    if (!opened) throw new Error('No library is open.')
    return opened
  }
  return {
    open: (source) =>
      answer(async () => {
        const { baseUrl, library, dimension } = source
        const [cases, embeddings] = await Promise.all([
          openCases(source),
          openVectors(baseUrl, library.embeddings, dimension),
        ])
        opened = { cases, embeddings }
        return cases.size
      }),
    rank: (request) =>
      answer(async () => {
        const { cases, embeddings } = expectOpened()
        return rankLibrary(cases, embeddings, request)
      }),
    traits: () =>
      answer(async () => {
        const { cases, embeddings } = expectOpened()
        traits ??= toLibraryTraits(cases, embeddings)
        return traits
      }),
  }
}
