import { expose } from 'comlink'
import {
  type Embeddings,
  MOST_BYTES_IN_MEMORY,
  openEmbeddings,
  toEmbeddings,
} from '../../src/domain/retrieval/embeddings.ts'
import { nearestPlaces } from '../../src/domain/retrieval/rankLibrary.ts'

/** A file of this origin, kept as a pack's files are kept. */
async function keep(url: string): Promise<File> {
  const root = await navigator.storage.getDirectory()
  const handle = await root.getFileHandle('embeddings.f32', { create: true })
  const response = await fetch(url)
  await response.body?.pipeTo(await handle.createWritable())
  return handle.getFile()
}

let embeddings: Embeddings | null = null

const api = {
  async open(url: string, dimension: number): Promise<number> {
    const file = await keep(url)
    const startedAt = performance.now()
    embeddings =
      file.size > MOST_BYTES_IN_MEMORY
        ? await openEmbeddings(file, dimension)
        : toEmbeddings(new Float32Array(await file.arrayBuffer()), dimension)
    return performance.now() - startedAt
  },
  async search(query: Float32Array, count: number): Promise<{ ms: number; places: number[] }> {
    if (!embeddings) throw new Error('no library is open')
    const startedAt = performance.now()
    const nearest = await nearestPlaces(embeddings, embeddings.score(query), query, count)
    return { ms: performance.now() - startedAt, places: nearest.map(({ place }) => place) }
  },
}

export type SearchApi = typeof api

expose(api)
