import { failure, type Problem, ProblemError, type Result } from '../../base/result.ts'
import { createSaltedHasher } from '../../base/saltedHash.ts'
import { formatOf } from './formats.ts'
import type { LoadedVolume, ScannedSeries } from './scannedSeries.ts'
import type { LoadContext } from './volumeFormat.ts'

export interface LoadOptions extends Omit<LoadContext, 'hasher'> {
  /** What the ids of studies are salted with. */
  readonly salt: string
}

/** Pixels of a scanned series as a volume in HU, or why it cannot be opened. */
export async function loadSeries(series: ScannedSeries, options: LoadOptions): Promise<Result<LoadedVolume>> {
  if (series.refusal) return failure(series.refusal)
  const hasher = await createSaltedHasher(options.salt)
  try {
    return await formatOf(series).load(series, { ...options, hasher })
  } catch (thrown) {
    if (thrown instanceof ProblemError) return failure(thrown.problem)
    // What engines throw for an array they cannot or will not make.
    if (thrown instanceof RangeError) return failure(describeTooLarge(series))
    throw thrown
  }
}

export function describeTooLarge({ summary }: ScannedSeries): Problem {
  const [i, j, k] = summary.size ?? [0, 0, 0]
  return {
    code: 'out-of-memory',
    message: `${summary.title}: ${i} × ${j} × ${k} voxels are more than this browser's memory holds.`,
    nextStep: 'Close other tabs, or open a series with fewer or thicker slices.',
  }
}
