import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'

/** What was put right in a frame, or left undone, and is told once for all slices that it concerns. */
export type FrameRemark =
  | 'codestream-sign'
  | 'codestream-unsigned'
  | 'codestream-bits'
  | 'bits-at-low-end'
  | 'padding-not-applied'

const DESCRIBE: Readonly<Record<FrameRemark, (names: string) => Omit<Problem, 'code'>>> = {
  'codestream-sign': (names) => ({
    message: `${names}: the compressed data is signed, though the header says that it is not; the data's own sign is used.`,
    nextStep: 'Check that air reads about −1000 HU and water about 0 HU.',
  }),
  'codestream-unsigned': (names) => ({
    message: `${names}: the compressed data is unsigned, though the header says that it is signed; the header's sign is used.`,
    nextStep: 'Check that air reads about −1000 HU and water about 0 HU.',
  }),
  'codestream-bits': (names) => ({
    message: `${names}: the compressed data holds more bits a pixel than the header says; all of them are used.`,
    nextStep: 'Check that air reads about −1000 HU and water about 0 HU.',
  }),
  'bits-at-low-end': (names) => ({
    message: `${names}: the header says that the values lie in the high bits of their words (High Bit), but they lie in the low ones and are read there.`,
    nextStep: 'Check that air reads about −1000 HU and water about 0 HU.',
  }),
  'padding-not-applied': (names) => ({
    message: `${names}: what the header calls padding lies among the HU that are measured, so no pixel is blanked by it.`,
    nextStep: 'Pixels outside the reconstruction may show as tissue; take numbers at the rim with caution.',
  }),
}

/** Paths by remark, in the order in which they came up. */
export class FrameRemarks {
  readonly #paths = new Map<FrameRemark, string[]>()

  add(remarks: readonly FrameRemark[], path: string): void {
    for (const remark of remarks) {
      const paths = this.#paths.get(remark)
      if (paths) paths.push(path)
      else this.#paths.set(remark, [path])
    }
  }

  toProblems(): Problem[] {
    return [...this.#paths].map(([code, paths]) => ({ code, files: paths, ...DESCRIBE[code](listNames(paths)) }))
  }
}
