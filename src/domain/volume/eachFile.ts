import { ProblemError } from '../../base/result.ts'
import type { SourceFile } from './sourceFile.ts'
import type { ScanProblems } from './volumeFormat.ts'

/** Files read at the same time; reading a head is mostly waiting. */
const FILES_AT_ONCE = 8

/** As `ListContext.each`; `onRead` is called after every file. */
export async function eachFile<T>(
  files: readonly SourceFile[],
  problems: ScanProblems,
  read: (file: SourceFile) => Promise<T | null>,
  onRead: () => void,
): Promise<T[]> {
  const answers: (T | null)[] = []
  let next = 0
  const readOneByOne = async () => {
    while (next < files.length) {
      const n = next++
      answers[n] = await read(files[n]).catch((thrown: unknown) => tell(thrown, files[n], problems))
      onRead()
    }
  }
  await Promise.all(Array.from({ length: Math.min(FILES_AT_ONCE, files.length) }, readOneByOne))
  return answers.filter((answer): answer is T => answer !== null)
}

function tell(thrown: unknown, file: SourceFile, problems: ScanProblems): null {
  if (thrown instanceof ProblemError) problems.others.push(thrown.problem)
  else if (isReadError(thrown)) problems.files.add({ code: 'file-unreadable' }, file.path)
  else problems.files.add({ code: 'file-unexpected', kind: toCause(thrown) }, file.path)
  return null
}

const toCause = (thrown: unknown) => (thrown instanceof Error ? thrown.message : 'without a reason')

/** A file that was moved, changed or forbidden after the drop. */
const isReadError = (thrown: unknown) =>
  thrown instanceof DOMException && (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError')
