import { openLibrary } from '../../src/cases/client/libraryClient.ts'
import type { Manifest } from '../../src/domain/model/manifest.ts'

export interface LibraryRequest {
  /** URL of the folder with the library's files, on this page's origin. */
  readonly baseUrl: string
  readonly library: Manifest['library']
  readonly dimension: number
  /** Labels are one a finding. */
  readonly findingCount: number
  readonly repeats: number
}

export interface LibraryTimes {
  /** From asking for the library to the first answer: fetched, checked, ranked. */
  readonly firstMs: number
  readonly laterMs: number[]
  /** Longest time for which this thread was not free meanwhile. */
  readonly longestBlockMs: number
  readonly found: number
}

/** Watches how long the page is kept from its work. */
function watchBlocks() {
  const { port1, port2 } = new MessageChannel()
  let longest = 0
  let last = performance.now()
  port1.onmessage = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    port2.postMessage(null)
  }
  port2.postMessage(null)
  return () => {
    port1.close()
    return longest
  }
}

async function measureLibrary(request: LibraryRequest): Promise<LibraryTimes> {
  const { baseUrl, library, dimension, findingCount, repeats } = request
  const query = Float32Array.from({ length: dimension }, (_, n) => Number(n === 0))
  const stop = watchBlocks()
  const startedAt = performance.now()
  const manifest = {
    library,
    findings: new Array(findingCount).fill({}),
    embedding: { dimension, logitScale: 1 },
  } as Manifest
  const opened = openLibrary({ manifest, baseUrl })
  const first = await opened.rank({ query, count: 12, own: null })
  const firstMs = performance.now() - startedAt
  const laterMs: number[] = []
  for (let run = 0; run < repeats; run++) {
    const asked = performance.now()
    await opened.rank({ query: query.map((_, n) => Number(n === run + 1)), count: 12, own: null })
    laterMs.push(performance.now() - asked)
  }
  opened.close()
  return { firstMs, laterMs, longestBlockMs: stop(), found: first.cases.length }
}

Object.assign(globalThis, { measureLibrary })
