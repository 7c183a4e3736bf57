/** Before so much is done, or so little time has gone by, an estimate would jump about. */
const LEAST_FRACTION = 0.1
const LEAST_ELAPSED_MS = 2000

/**
 * Milliseconds that work will still take, at the pace that it has had since its label appeared; null while nothing can
 * be said. Given the label, how far it is (0…1 or null) and the time (ms) at every step.
 */
export function createRemainingTime(): (label: string, fraction: number | null, nowMs: number) => number | null {
  let current = ''
  let startMs = 0
  return (label, fraction, nowMs) => {
    if (label !== current) [current, startMs] = [label, nowMs]
    const elapsedMs = nowMs - startMs
    if (fraction === null || fraction < LEAST_FRACTION || elapsedMs < LEAST_ELAPSED_MS) return null
    return (elapsedMs * (1 - fraction)) / fraction
  }
}
