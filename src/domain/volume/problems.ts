import type { Problem } from '../../base/result.ts'
import { DESCRIBE_FILE_PROBLEM, type FileProblemCode } from './fileProblems.ts'

/** "a.dcm", "a.dcm and b.dcm", "a.dcm and 3 more files". */
export function listNames(paths: readonly string[]): string {
  const names = [...new Set(paths)]
  if (names.length === 1) return names[0]
  if (names.length === 2) return `${names[0]} and ${names[1]}`
  return `${names[0]} and ${names.length - 1} more files`
}

/** What is wrong with a file; `kind` says of what it is wrong where the code alone does not ("a structured report"). */
export interface FileTrouble {
  readonly code: FileProblemCode
  readonly kind?: string
}

export const toFileProblem = ({ code, kind = '' }: FileTrouble, paths: readonly string[]): Problem => ({
  code,
  ...DESCRIBE_FILE_PROBLEM[code](listNames(paths), kind),
})

/** With all files it is about, where a sentence by `listNames` does not name them all. */
export function withFiles(problem: Problem, paths: readonly string[]): Problem {
  const files = [...new Set(paths)]
  return files.length > 2 ? { ...problem, files } : problem
}

/** Gathers the same trouble of many files into one problem, so that a folder of odd files is one notice. */
export class FileProblemList {
  readonly #found = new Map<string, { readonly trouble: FileTrouble; readonly paths: string[] }>()

  add(trouble: FileTrouble, path: string): void {
    const key = `${trouble.code} ${trouble.kind ?? ''}`
    const known = this.#found.get(key)
    if (known) known.paths.push(path)
    else this.#found.set(key, { trouble, paths: [path] })
  }

  toProblems(): Problem[] {
    return [...this.#found.values()].map(({ trouble, paths }) => withFiles(toFileProblem(trouble, paths), paths))
  }
}
