import { type Problem, type Result, toProblem } from '../base/result.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { OpenStudy } from '../state/appState.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { Heavy } from './heavy.ts'
import type { Screen } from './screen.ts'

export interface StudyOpener {
  listSeries(files: readonly File[]): Promise<{ series: readonly SeriesSummary[]; problems: readonly Problem[] }>
  loadSeries(
    seriesId: string,
    options: { signal: AbortSignal; onProgress(label: string, fraction: number | null): void },
  ): Promise<Result<{ volume: Volume; notices: readonly Problem[] }>>
}

/** A phantom made again from its seed. */
export interface PhantomSource {
  renderPhantom(seed: number, signal: AbortSignal): Promise<{ volume: Volume; title: string; description: string }>
}

export interface OpenStudyDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly viewer: Viewer
  readonly opener: StudyOpener
  readonly phantoms: PhantomSource
}

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError'

function reportFailure(screen: Screen, problem: Problem): null {
  const hasStudy = screen.get().study.current !== null
  screen.patch('study', { phase: hasStudy ? 'ready' : 'failed', progress: null })
  screen.notify(problem)
  return null
}

/** Files → series, best first. The chosen series' id, or null when there is none to open; the user has been told why. */
export async function listStudies(deps: OpenStudyDeps, files: readonly File[]): Promise<string | null> {
  const { screen, opener } = deps
  screen.patch('study', { phase: 'working', progress: { label: 'Reading headers', fraction: null } })
  try {
    const { series, problems } = await opener.listSeries(files)
    for (const problem of problems)
      screen.notify(problem, series.some((one) => one.chestScore > 0) ? 'warning' : 'error')
    const best = series.find((one) => one.chestScore > 0)
    if (series.length > 0) screen.patch('study', { series, chosenSeriesId: best?.id ?? null })
    if (best) return best.id
    screen.patch('study', { phase: screen.get().study.current ? 'ready' : 'idle', progress: null })
    return null
  } catch (thrown) {
    return reportFailure(screen, toProblem(thrown, 'open-failed', 'Drop the files again.'))
  }
}

/** Puts a volume on screen as the current study. */
export async function showStudy(deps: OpenStudyDeps, volume: Volume, study: OpenStudy): Promise<void> {
  const { screen, heavy, viewer } = deps
  const previous = screen.get().study
  heavy.volumes.hold([volume.id])
  heavy.volumes.put(volume.id, volume)
  await viewer.show(volume)
  performance.mark('voxct:study-shown')
  // Before the study counts as ready: whoever waits for the app to be idle must not see a gap.
  if (previous.current?.id !== study.id && screen.get().model.phase === 'ready') {
    screen.patch('findings', { phase: 'working', progress: { label: 'Preparing the scan', fraction: null } })
  }
  const entry = { id: study.id, title: study.title, subtitle: study.origin }
  screen.patch('study', {
    phase: 'ready',
    progress: null,
    current: study,
    recent: [entry, ...previous.recent.filter((one) => one.id !== study.id && heavy.volumes.has(one.id))],
  })
}

const toStudy = (volume: Volume, series: SeriesSummary): OpenStudy => ({
  id: volume.id,
  title: series.title,
  format: series.format,
  size: volume.size,
  spacingMm: volume.spacingMm,
  origin: `${series.modality} · ${series.sliceCount} slices`,
  groundTruth: null,
})

/** A listed series → Volume on screen. */
export async function openSeries(deps: OpenStudyDeps, seriesId: string, signal: AbortSignal): Promise<Volume | null> {
  const { screen, opener } = deps
  const series = screen.get().study.series.find((one) => one.id === seriesId)
  if (!series) return null
  screen.patch('study', { phase: 'working', chosenSeriesId: seriesId, progress: { label: 'Decoding', fraction: 0 } })
  try {
    const loaded = await opener.loadSeries(seriesId, {
      signal,
      onProgress: (label, fraction) => screen.patch('study', { progress: { label, fraction } }),
    })
    if (signal.aborted) return cancelled(screen)
    if (!loaded.ok) return reportFailure(screen, loaded.problem)
    for (const problem of loaded.value.notices) screen.notify(problem, 'warning')
    await showStudy(deps, loaded.value.volume, toStudy(loaded.value.volume, series))
    return loaded.value.volume
  } catch (thrown) {
    if (isAbort(thrown)) return cancelled(screen)
    return reportFailure(screen, toProblem(thrown, 'open-failed', 'Drop the files again.'))
  }
}

/** A phantom of a seed → Volume on screen. */
export async function openPhantom(deps: OpenStudyDeps, seed: number, signal: AbortSignal): Promise<Volume | null> {
  const { screen, phantoms } = deps
  screen.patch('study', { phase: 'working', progress: { label: 'Making the phantom', fraction: null } })
  try {
    const { volume, title, description } = await phantoms.renderPhantom(seed, signal)
    if (signal.aborted) return cancelled(screen)
    await showStudy(deps, volume, toPhantomStudy(volume, seed, title, description))
    return volume
  } catch (thrown) {
    if (isAbort(thrown)) return cancelled(screen)
    return reportFailure(screen, toProblem(thrown, 'phantom-failed', 'Open the demo case again.'))
  }
}

export const toPhantomStudy = (volume: Volume, seed: number, title: string, description: string): OpenStudy => ({
  id: volume.id,
  title,
  format: 'phantom',
  size: volume.size,
  spacingMm: volume.spacingMm,
  origin: `Phantom · seed ${seed}`,
  groundTruth: description,
})

function cancelled(screen: Screen): null {
  screen.patch('study', { phase: screen.get().study.current ? 'ready' : 'idle', progress: null })
  return null
}
