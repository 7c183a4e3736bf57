/** One of several ways to go on: a command of the table with its slots filled. */
export interface Choice {
  readonly title: string
  readonly command: string
  readonly slots: Readonly<Record<string, string>>
}

/** What a person is told: a failure or a success. */
export interface Told {
  /** Stable name of its kind, for tests and for choosing an icon: e.g. `dicom-without-pixels`. */
  readonly code: string
  /** One sentence that names the file or device and the cause. */
  readonly message: string
  /** One sentence with the next step. */
  readonly nextStep: string
  /** All files it is about, where the sentence names only the first. */
  readonly files?: readonly string[]
  /** What may be done about it at once. */
  readonly choices?: readonly Choice[]
  /** The change that it tells of, as the history calls it: as long as it is the last one, it can be taken back from the notice. */
  readonly undoes?: string
}

/** An expected failure, as a value: what went wrong, why, and what the user can do next. */
export type Problem = Told

export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: E }

export const success = <T>(value: T): Result<T, never> => ({ ok: true, value })

export const failure = <E = Problem>(problem: E): Result<never, E> => ({ ok: false, problem })

/** Carries a Problem through code that throws (promises, comlink); `toProblem` brings it back. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  constructor(readonly problem: Problem) {
    super(problem.message)
  }
}

/** Any thrown thing as a Problem; what was not expected is named as such. */
export function toProblem(
  thrown: unknown,
  code = 'unexpected',
  nextStep = 'Try again; if it stays, reload the page.',
): Problem {
  if (thrown instanceof ProblemError) return thrown.problem
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { code, message, nextStep }
}
