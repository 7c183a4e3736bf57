import * as v from 'valibot'
import { failure, ProblemError, type Result, success } from '../../base/result.ts'
import { type LibraryCase, manifestSchema } from '../model/manifest.ts'

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

const libraryCase = manifestSchema.entries.library.entries.cases.item
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

function parseLine(line: string, number: number): LibraryCase {
  try {
    const parsed = v.safeParse(libraryCase, JSON.parse(line), { abortEarly: true })
    if (parsed.success) return parsed.output
    const [issue] = parsed.issues
    throw new ProblemError(invalid(`line ${number} of its table: ${v.getDotPath(issue) ?? 'case'}: ${issue.message}`))
  } catch (thrown) {
    if (thrown instanceof ProblemError) throw thrown
    throw new ProblemError(invalid(`line ${number} of its table is not JSON`))
  }
}

/**
 * The cases of a large library, one a line of JSON. A line is parsed when it is asked for: of 50,000 cases a dozen are
 * shown.
 * Problem: `library-invalid` where the table has another number of lines than the manifest says.
 */
export function openCaseTable(bytes: Uint8Array, count: number): Result<CaseSource> {
  const starts = findLines(bytes)
  const size = Math.max(0, starts.length - 1)
  if (size !== count) return failure(invalid(`its table should have ${count} lines and has ${size}`))
  const decoder = new TextDecoder()
  const get = (index: number) => parseLine(decoder.decode(bytes.subarray(starts[index], starts[index + 1])), index + 1)
  return success({ size, get })
}
