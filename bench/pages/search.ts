import { wrap } from 'comlink'
import type { SearchApi } from './search.worker.ts'

export interface SearchRequest {
  readonly folder: string
  readonly dimension: number
  /** Nearest cases wanted; twice as many are scored again where scores are near enough only. */
  readonly count: number
}

export interface SearchTimes {
  readonly openMs: number
  readonly searchMs: number[]
  readonly places: number[][]
}

async function measureSearch({ folder, dimension, count }: SearchRequest): Promise<SearchTimes> {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module' })
  const api = wrap<SearchApi>(worker)
  const openMs = await api.open(new URL(`${folder}/embeddings.f32`, location.href).href, dimension)
  const queries = new Float32Array(await (await fetch(`${folder}/queries.f32`)).arrayBuffer())
  const ask = (n: number) => api.search(queries.slice(n * dimension, (n + 1) * dimension), count)
  await ask(0)
  const answers: { ms: number; places: number[] }[] = []
  for (let n = 0; n < queries.length / dimension; n++) answers.push(await ask(n))
  worker.terminate()
  return { openMs, searchMs: answers.map(({ ms }) => ms), places: answers.map(({ places }) => places) }
}

Object.assign(globalThis, { measureSearch })
