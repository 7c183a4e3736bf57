export type WorkerRole = 'ct' | 'speech' | 'transcriber'

export interface ThreadDecision {
  readonly threads: number
  /** Why only one, or empty. */
  readonly note: string
}

/** More threads than this gain nothing on graphs of this size and hold memory. */
const MOST: Record<WorkerRole, number> = { ct: 8, speech: 4, transcriber: 4 }

/**
 * Threads of a wasm runtime. They need shared memory, so the page must be cross-origin isolated. The CT worker leaves
 * one core to the page where there are more than two; the speech worker takes half of them, since it runs beside. So does
 * the transcriber, but two where there are two: it begins when the chips are there.
 */
export function chooseThreads(role: WorkerRole, cores: number, isIsolated: boolean): ThreadDecision {
  if (!isIsolated) return { threads: 1, note: 'one thread: the page is not cross-origin isolated' }
  const half = Math.floor(cores / 2)
  const wanted = { ct: cores > 2 ? cores - 1 : cores, speech: half, transcriber: Math.max(half, Math.min(cores, 2)) }[
    role
  ]
  return { threads: Math.min(MOST[role], Math.max(1, wanted)), note: '' }
}
