import { ProblemError } from '../../../base/result.ts'
import { toFileProblem } from '../problems.ts'

/** More than this unpacked would not fit beside the volume in a page's memory. */
const LARGEST_BYTES = 2 * 1024 ** 3
/** Below this an archive may unpack to any multiple of its size: empty images and masks pack well. */
const HARMLESS_BYTES = 256 * 1024 ** 2
/** CT packs to a half or a fifth; only made archives go beyond this. */
const LARGEST_RATIO = 100

/** Most bytes that a scan packs into as many; what grows beyond them is a bomb. */
export const toLikelyBytes = (packedBytes: number): number => Math.max(HARMLESS_BYTES, LARGEST_RATIO * packedBytes)

/**
 * What one dropped archive may unpack to, archives inside it included. Throws a ProblemError that names the archive as
 * soon as more is asked for.
 */
export class UnpackBudget {
  #spentBytes = 0

  constructor(
    private readonly path: string,
    private readonly packedBytes: number,
  ) {}

  spend(bytes: number): void {
    this.#spentBytes += bytes
    this.expect(0)
  }

  /** Nothing is unpacked yet: what an archive says of itself. */
  expect(bytes: number): void {
    const bytesInAll = this.#spentBytes + bytes
    if (bytesInAll > LARGEST_BYTES) this.#stop('archive-too-large')
    if (bytesInAll > toLikelyBytes(this.packedBytes)) this.#stop('archive-bomb')
  }

  #stop(code: 'archive-too-large' | 'archive-bomb'): never {
    throw new ProblemError(toFileProblem({ code }, [this.path]))
  }
}
