import { type Problem, ProblemError } from '../base/result.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import { isListedRemote } from '../domain/retrieval/remote/remoteCase.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { StudySource } from '../domain/study/studySource.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { type OpenedStudy, type PhantomSource, toPhantomStudy } from './openStudy.ts'

export interface OpenCaseDeps {
  readonly phantoms: PhantomSource
  readonly source: StudySource<readonly File[]>
  /** Address of the app, with a final slash: folders of volumes are relative to it. */
  readonly siteUrl: string
  /** Fetches a volume of the library from the app's own origin. Rejects with ProblemError or AbortError. */
  fetchVolume(url: string, path: string, signal: AbortSignal): Promise<File>
}

export interface OpenedCase extends OpenedStudy {
  /** What is worth a warning. */
  readonly notices: readonly Problem[]
}

const refuse = (message: string, nextStep: string) => new ProblemError({ code: 'case-not-openable', message, nextStep })

/** Address of a file case; one that would leave the folder of volumes is refused. */
export function toVolumeUrl(siteUrl: string, volumesUrl: string, path: string): string {
  const folder = new URL(volumesUrl, siteUrl)
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), folder)
  if (url.href.startsWith(folder.href) && folder.origin === new URL(siteUrl).origin) return url.href
  throw refuse(`${path} does not lie in the library's folder of volumes.`, 'Build the library once more.')
}

async function openFile(deps: OpenCaseDeps, pack: LoadedPack, found: LibraryCase, path: string, signal: AbortSignal) {
  const volumesUrl = isListedRemote(found) ? undefined : pack.manifest.library.volumesUrl
  if (volumesUrl === undefined)
    throw refuse(
      `The case ${found.title} lies in the archive as ${path}; the pack does not say where the archive is.`,
      'Open the file by hand, or build the library with a folder of volumes on this server.',
    )
  const file = await deps.fetchVolume(toVolumeUrl(deps.siteUrl, volumesUrl, path), path, signal)
  const { series, problems } = await deps.source.list([file], { signal })
  const best = series.find(({ chestScore }) => chestScore > 0)
  if (!best) throw problems[0] ? new ProblemError(problems[0]) : refuse(`${path} holds no CT.`, 'Open another case.')
  const loaded = await deps.source.open(best.id, { signal })
  if (!loaded.ok) throw new ProblemError(loaded.problem)
  const { volume, key, identity, notices } = loaded.value
  const study: OpenStudy = {
    id: key.id,
    content: key.content,
    title: found.title,
    format: best.format,
    size: volume.size,
    spacingMm: volume.spacingMm,
    origin: path,
    seriesId: null,
    identity,
    groundTruth: null,
  }
  return { volume, study, key, notices }
}

/** A case of the library → Volume. Rejects with ProblemError, or with AbortError when it is given up. */
export async function openCase(
  deps: OpenCaseDeps,
  pack: LoadedPack,
  found: LibraryCase,
  signal: AbortSignal,
): Promise<OpenedCase> {
  const { open } = found
  if (!open) throw refuse(`The library does not say where the case ${found.title} lies.`, 'Open another case.')
  if (open.kind === 'file') return openFile(deps, pack, found, open.path, signal)
  const { volume, description } = await deps.phantoms.renderPhantom(open.seed, signal)
  return { volume, study: toPhantomStudy(volume, found.title, description), key: null, notices: [] }
}
