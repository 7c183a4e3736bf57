import * as v from 'valibot'
import { failure, ProblemError, type Result, success } from '../../base/result.ts'
import { type LibraryCase, libraryCaseSchema } from '../model/manifest.ts'

/** The cases of a library, by their place in it. */
export interface CaseSource {
  readonly size: number
  /** Throws ProblemError `library-invalid` where the case cannot be read. */
  get(index: number): LibraryCase
}

export const toCaseSource = (cases: readonly LibraryCase[]): CaseSource => ({
  size: cases.length,
  get: (index) => cases[index],
})

const LINE_FEED = 10

const invalid = (message: string) => ({
  code: 'library-invalid',
  message: `The library of the model pack is not valid: ${message}.`,
  nextStep: 'Build the library once more (scripts.build_library), then load the model again.',
})

/** Where each line begins, and one past the last; a line feed at the end of the file begins no line. */
function findLines(bytes: Uint8Array): number[] {
  const starts = bytes.length > 0 ? [0] : []
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(LINE_FEED, at + 1))
    starts.push(at + 1)
  return [...starts, bytes.length]
}

function parseLine(line: string, number: number, findingCount: number): LibraryCase {
  const refuse = (message: string) => new ProblemError(invalid(`line ${number} of its table: ${message}`))
  try {
    const parsed = v.safeParse(libraryCaseSchema, JSON.parse(line), { abortEarly: true })
    const [issue] = parsed.issues ?? []
    if (!parsed.success) throw refuse(`${(issue && v.getDotPath(issue)) ?? 'case'}: ${issue?.message}`)
    const labels = parsed.output.labels?.length ?? findingCount
    if (labels !== findingCount) throw refuse(`labels: expected ${findingCount}, but received ${labels}`)
    return parsed.output
  } catch (thrown) {
    if (thrown instanceof ProblemError) throw thrown
    throw new ProblemError(invalid(`line ${number} of its table is not JSON`))
  }
}

/**
 * The cases of a large library, one a line of JSON. A line is parsed when it is asked for: of 50,000 cases a dozen are
 * shown. Labels are one a finding of the pack, `findingCount`.
 * Problem: `library-invalid` where the table has another number of lines than the manifest says.
 */
export function openCaseTable(bytes: Uint8Array, count: number, findingCount: number): Result<CaseSource> {
  const starts = findLines(bytes)
  const size = Math.max(0, starts.length - 1)
  if (size !== count) return failure(invalid(`its table should have ${count} lines and has ${size}`))
  const decoder = new TextDecoder()
  const lineOf = (index: number) => decoder.decode(bytes.subarray(starts[index], starts[index + 1]))
  const get = (index: number) => parseLine(lineOf(index), index + 1, findingCount)
  return success({ size, get })
}
