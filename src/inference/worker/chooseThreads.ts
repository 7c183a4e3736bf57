export type WorkerRole = 'ct' | 'speech'

export interface ThreadDecision {
  readonly threads: number
  /** Why only one, or empty. */
  readonly note: string
}

/** More threads than this gain nothing on graphs of this size and hold memory. */
const MOST: Record<WorkerRole, number> = { ct: 8, speech: 4 }

/**
 * Threads of a wasm runtime. They need shared memory, so the page must be cross-origin isolated. The CT worker leaves
 * one core to the page where there are more than two; the speech worker takes half of them, since it runs beside.
 */
export function chooseThreads(role: WorkerRole, cores: number, isIsolated: boolean): ThreadDecision {
  if (!isIsolated) return { threads: 1, note: 'one thread: the page is not cross-origin isolated' }
  const wanted = role === 'speech' ? Math.floor(cores / 2) : cores > 2 ? cores - 1 : cores
  return { threads: Math.min(MOST[role], Math.max(1, wanted)), note: '' }
}
