import type { CaseSource } from './caseTable.ts'
import type { Embeddings } from './embeddings.ts'

/*
 * How alike the cases of a library are to one another. Measured on the device from the embeddings themselves: a library of
 * one's own and a brought pack have it without a word in a manifest, and it follows what is added.
 */

/** Share of the library's own cases whose nearest neighbour lies farther than the threshold. */
const REFUSED_SHARE = 0.025
/** Multiplications that may be spent, a second or two; with fewer than LEAST_SAMPLE cases the tail is not known. */
const BUDGET = 2e9
const MOST_SAMPLE = 400
const LEAST_SAMPLE = 40

/** Cases by their place, evenly over the library. */
function drawSample(size: number, dimension: number): number[] {
  const count = Math.min(size, MOST_SAMPLE, Math.floor(BUDGET / (size * dimension)))
  return count < LEAST_SAMPLE ? [] : Array.from({ length: count }, (_, n) => Math.floor((n * size) / count))
}

/** Whether two cases are one patient's, as far as the library says. */
const toOwners = (cases: CaseSource, index: number): string[] => {
  const { id, scan, patient } = cases.get(index)
  return [`case ${id}`, ...(scan ? [`scan ${scan}`] : []), ...(patient ? [`patient ${patient}`] : [])]
}

/** Highest cosine to a case of another patient. */
function toNearest(cases: CaseSource, scores: Float32Array, own: number): number {
  const owners = new Set(toOwners(cases, own))
  let best = -1
  for (let n = 0; n < scores.length; n++) {
    if (scores[n] <= best || n === own) continue
    if (!toOwners(cases, n).some((owner) => owners.has(owner))) best = scores[n]
  }
  return best
}

/**
 * Cosine below which a scan is farther from every case than nearly all cases are from their nearest neighbour; null where the
 * library is too small to tell, or too large to be asked.
 */
export async function measureLeastCosine(cases: CaseSource, embeddings: Embeddings): Promise<number | null> {
  if (cases.size === 0) return null
  const first = await embeddings.row(0)
  const nearest: number[] = []
  for (const own of drawSample(cases.size, first.length))
    nearest.push(toNearest(cases, embeddings.score(await embeddings.row(own)), own))
  return nearest.length > 0 ? nearest.sort((a, b) => a - b)[Math.floor(REFUSED_SHARE * nearest.length)] : null
}
