import { judgeExamples, type OwnedVector, type OwnFigure } from '../../domain/findings/taught/judgeExamples.ts'
import { fitReadOut, type MarkedVector, type ReadOut } from '../../domain/findings/taught/readOut.ts'

/** What the teaching worker answers. */
export interface TeachApi {
  fit(examples: readonly MarkedVector[]): ReadOut
  /** Null below eight patients of each class. */
  judge(examples: readonly OwnedVector[]): OwnFigure | null
}

export const createTeachApi = (): TeachApi => ({ fit: fitReadOut, judge: judgeExamples })
