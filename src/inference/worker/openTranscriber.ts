import { ProblemError } from '../../base/result.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import { parseLanguageFile } from '../../domain/speech/languageFile.ts'
import { createLetterTranscriber, createWordTranscriber, type Transcriber } from '../../domain/speech/transcriber.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import type { ReportProgress } from '../engines.ts'

type Speech = NonNullable<Manifest['speech']>

/** Words where the pack has a language, else letters, or null without an alphabet. Rejects with ProblemError. */
export async function openTranscriber(
  baseUrl: string,
  { alphabet, language }: Speech,
  onProgress: ReportProgress,
): Promise<Transcriber | null> {
  if (!alphabet) return null
  if (!language) return createLetterTranscriber(alphabet)
  onProgress('Loading the words of the transcript', null)
  const parsed = parseLanguageFile(await fetchPackFile(baseUrl, language))
  if (!parsed.ok) throw new ProblemError(parsed.problem)
  return createWordTranscriber(parsed.value, alphabet)
}
