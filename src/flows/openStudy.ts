import { type Problem, ProblemError, toProblem } from '../base/result.ts'
import { toReadingOrder } from '../domain/study/comparisons.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { StudyKey } from '../domain/study/studyKey.ts'
import type { StudySource } from '../domain/study/studySource.ts'
import type { FirstSlice } from '../domain/volume/firstSlice.ts'
import type { BesideScans, LoadedVolume } from '../domain/volume/scannedSeries.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Screen } from '../session/screen.ts'
import { toPicture } from './firstPicture.ts'

/** A phantom made again from its seed. */
export interface PhantomSource {
  renderPhantom(seed: number, signal: AbortSignal): Promise<{ volume: Volume; title: string; description: string }>
}

export interface OpenStudyDeps {
  readonly screen: Screen
  readonly source: StudySource<readonly File[]>
  readonly phantoms: PhantomSource
}

/** A study with its voxels, before it is shown. */
export interface OpenedStudy {
  readonly volume: Volume
  readonly study: OpenStudy
  /** What it is kept by; null for a phantom, whose id says all. */
  readonly key: StudyKey | null
}

const REOPEN = 'Drop the files again.'

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError'

/** Opening is over without another study on screen: what was there before is still there. */
export function endOpening(screen: Screen): null {
  const phase = screen.get().desk.readId === null ? 'idle' : 'ready'
  screen.patch('desk', { phase, progress: null, openingSeriesId: null, firstSlice: null })
  return null
}

function reportFailure(screen: Screen, problem: Problem): null {
  endOpening(screen)
  if (screen.get().desk.readId === null) screen.patch('desk', { phase: 'failed' })
  screen.notify(problem)
  return null
}

/** What is awaited, or null where it was given up or failed, which the user has been told. */
async function attempt<T>(screen: Screen, signal: AbortSignal, nextStep: string, task: () => Promise<T>) {
  try {
    const value = await task()
    return signal.aborted ? null : value
  } catch (thrown) {
    // A later opening has the screen by then, or Escape has said that there is none.
    if (signal.aborted || isAbort(thrown)) return null
    return reportFailure(screen, toProblem(thrown, 'open-failed', nextStep))
  }
}

const showProgress = (screen: Screen, signal: AbortSignal) => (label: string, fraction: number | null) => {
  if (!signal.aborted) screen.patch('desk', { phase: 'working', progress: { label, fraction } })
}

/** The slice as it is drawn from now on; of a series that is not listed, none. */
function keepFirstSliceOf(screen: Screen, seriesId: string | null): void {
  const { firstSlice } = screen.get().desk
  if (firstSlice) screen.patch('desk', { firstSlice: seriesId === null ? null : { ...firstSlice, seriesId } })
}

/** What a drop holds. */
export interface ListedStudies {
  /** Series that can be opened, in the order to try them. */
  readonly scans: readonly SeriesSummary[]
  /** Volumes of labels, which are laid over a scan where there is one. */
  readonly labelMaps: readonly SeriesSummary[]
}

/** The same with what lies beside. */
export interface FoundBeside extends BesideScans, ListedStudies {}

const NOTHING_BESIDE: BesideScans = { reports: [], segmentations: [] }
const NONE: ListedStudies = { scans: [], labelMaps: [] }

/** Files → the series in them; nothing where there is none, and the user has been told why. */
export async function listStudies(
  { screen, source }: OpenStudyDeps,
  files: readonly File[],
  signal: AbortSignal,
  onBeside: (found: FoundBeside) => void = () => undefined,
): Promise<ListedStudies> {
  const onProgress = showProgress(screen, signal)
  screen.patch('desk', { firstSlice: null })
  onProgress('Reading headers', null)
  const onFirstSlice = (slice: FirstSlice) => {
    if (!signal.aborted) screen.patch('desk', { firstSlice: toPicture(slice, screen.get().view) })
  }
  const listed = await attempt(screen, signal, REOPEN, () => source.list(files, { signal, onProgress, onFirstSlice }))
  if (!listed) return NONE
  const { series, problems, beside, firstSliceSeriesId = null } = listed
  keepFirstSliceOf(screen, firstSliceSeriesId)
  const openable = series.filter((one) => one.chestScore > 0)
  const scans = toReadingOrder(openable.filter(({ labels }) => labels === undefined))
  const labelMaps = openable.filter(({ labels }) => labels !== undefined)
  onBeside({ ...(beside ?? NOTHING_BESIDE), scans, labelMaps })
  for (const problem of problems) screen.notify(problem, openable.length > 0 ? 'warning' : 'error')
  if (series.length > 0) screen.patch('desk', { series, drops: [...screen.get().desk.drops, series] })
  if (openable.length === 0) endOpening(screen)
  return { scans, labelMaps }
}

export const toListedStudy = ({ volume, key, identity }: LoadedVolume, series: SeriesSummary): OpenStudy => ({
  id: key.id,
  content: key.content,
  title: series.title,
  format: series.format,
  size: volume.size,
  spacingMm: volume.spacingMm,
  origin: `${series.kind} · ${series.sliceCount} slices`,
  seriesId: series.id,
  identity,
  groundTruth: null,
})

/** A listed series → its study, or null when it cannot be opened (the user has been told) or is not wanted any more. */
export async function openSeries(
  { screen, source }: OpenStudyDeps,
  seriesId: string,
  signal: AbortSignal,
): Promise<OpenedStudy | null> {
  const { series: last, drops } = screen.get().desk
  const series = [...last, ...drops.flat()].find((one) => one.id === seriesId)
  if (!series) return null
  const onProgress = showProgress(screen, signal)
  onProgress('Decoding', 0)
  const { firstSlice } = screen.get().desk
  // A slice of another series must not stand under this one's title.
  screen.patch('desk', { openingSeriesId: seriesId, firstSlice: firstSlice?.seriesId === seriesId ? firstSlice : null })
  return attempt(screen, signal, REOPEN, async () => {
    const loaded = await source.open(seriesId, { signal, onProgress })
    if (!loaded.ok) throw new ProblemError(loaded.problem)
    if (!signal.aborted) for (const problem of loaded.value.notices) screen.notify(problem, 'warning')
    const { volume, key } = loaded.value
    return { volume, key, study: toListedStudy(loaded.value, series) }
  })
}

/** A phantom of a seed → its study. */
export async function openPhantom(
  { screen, phantoms }: OpenStudyDeps,
  seed: number,
  signal: AbortSignal,
): Promise<OpenedStudy | null> {
  showProgress(screen, signal)('Making the phantom', null)
  screen.patch('desk', { openingSeriesId: null, firstSlice: null })
  return attempt(screen, signal, 'Open the demo case again.', async () => {
    const { volume, title, description } = await phantoms.renderPhantom(seed, signal)
    return { volume, key: null, study: toPhantomStudy(volume, title, description) }
  })
}

export const toPhantomStudy = (volume: Volume, title: string, description: string): OpenStudy => ({
  id: volume.id,
  content: null,
  title,
  format: 'phantom',
  size: volume.size,
  spacingMm: volume.spacingMm,
  origin: 'Phantom, made on this device',
  seriesId: null,
  identity: null,
  groundTruth: description,
})
