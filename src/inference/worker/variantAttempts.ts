import { type Problem, ProblemError } from '../../base/result.ts'
import type { GraphVariant, ParityProbe } from '../../domain/model/manifest.ts'
import { toFittingVariants, type VariantNeeds } from './chooseProvider.ts'

/** How many attempts the variants of these graphs allow; at least one, which then says what is missing. */
export const countAttempts = (graphs: readonly (readonly GraphVariant[])[], needs: VariantNeeds): number =>
  Math.max(1, ...graphs.map((graph) => toFittingVariants(graph, needs).length))

/** Cosine that the self-test asks of these variants: of the coarsest one, since the error of all adds up in one number. */
export const toNeededCosine = (variants: readonly GraphVariant[], parity: ParityProbe): number =>
  Math.min(...variants.map(({ minCosine }) => minCosine ?? parity.minCosine))

/** Faults of one variant on this device; another one may do better. A missing or broken file is a fault of the pack. */
const isVariantFault = (thrown: unknown): thrown is ProblemError =>
  thrown instanceof ProblemError && ['parity-failed', 'inference-failed'].includes(thrown.problem.code)

/** What to tell when a later variant had to be taken, null when the first one was sound. */
export const toFallback = (what: string, variant: string, refusal: Problem | null): string | null =>
  refusal && `The ${what} runs as ${variant}, because what the pack prefers failed here. ${refusal.message}`

/**
 * The first attempt whose variants open and pass the self-test, with the last refusal before it. Rejects with the
 * problem of the last attempt, or at once where another variant could not help.
 */
export async function openFirstSound<T>(
  attempts: number,
  open: (attempt: number) => Promise<T>,
): Promise<{ readonly opened: T; readonly refusal: Problem | null }> {
  let refusal: Problem | null = null
  for (let attempt = 0; ; attempt++) {
    try {
      return { opened: await open(attempt), refusal }
    } catch (thrown) {
      if (attempt + 1 >= attempts || !isVariantFault(thrown)) throw thrown
      refusal = thrown.problem
    }
  }
}
