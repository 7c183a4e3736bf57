import type { Problem, Result } from '../base/result.ts'
import { type LabelFit, toLabelFit } from '../domain/overlay/labelMap/labelNote.ts'
import type { LabelMap } from '../domain/overlay/labelMap/readLabelMap.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Overlays } from './overlays.ts'

export interface LabelMapsDeps {
  readonly screen: Screen
  readLabels(seriesId: string, signal?: AbortSignal): Promise<Result<LabelMap>>
}

/** Volumes of labels that came with a scan or after it, as they are listed: they name no study, so their places and the drop tell whose they are. */
export class LabelMaps {
  constructor(
    private readonly deps: LabelMapsDeps,
    private readonly desk: Desk,
    private readonly overlays: Overlays,
  ) {}

  /** Lays those of a drop over the study that is read where nothing speaks against it; else asks. `scans`: what else the drop held. */
  async settle(labelMaps: readonly SeriesSummary[], scans: readonly SeriesSummary[]): Promise<void> {
    const { read } = this.desk
    // Where nothing else is open, one of them was opened as a scan.
    if (!read?.volume || labelMaps.some(({ id }) => id === read.state.study.seriesId)) return
    for (const one of labelMaps) {
      const question = toQuestion(one, read, scans)
      if (question) this.deps.screen.notify(question, 'warning')
      else await this.layOver(one.id)
    }
  }

  /** Lays a listed volume of labels over the study that is read. */
  async layOver(seriesId: string): Promise<void> {
    const { read } = this.desk
    if (!read?.volume) return
    const labels = await this.deps.readLabels(seriesId, read.signal).catch(() => null)
    if (!labels || !read.volume) return
    if (labels.ok) this.overlays.lay(labels.value, read.volume)
    else this.deps.screen.notify(labels.problem)
  }
}

/** Null where it may be laid over the study unasked. */
function toQuestion(map: SeriesSummary, read: StudySession, scans: readonly SeriesSummary[]): Problem | null {
  const { labels } = map
  if (!labels || !read.volume) return null
  const fit = toLabelFit(labels, read.volume)
  if (labels.box && fit === 'outside') return describeElsewhere(map)
  if (labels.certainty === 'doubtful') return describeDoubtful(map)
  return isOnlyHost(map, read, scans, fit) ? null : describeUnknownHost(map)
}

/**
 * Scans of different patients often lie at the same millimetres: of several the study is the host only where it alone has the grid of the
 * labels, and one that was on screen before must have come from files, as the demo case did not.
 */
function isOnlyHost(map: SeriesSummary, read: StudySession, scans: readonly SeriesSummary[], fit: LabelFit): boolean {
  if (scans.length === 0) return read.state.study.format !== 'phantom'
  if (new Set(scans.map(({ id, identity }) => identity?.studyUid ?? id)).size === 1) return true
  const toGrid = ({ size, spacingMm }: SeriesSummary) => JSON.stringify([size, spacingMm])
  return fit === 'same-grid' && scans.filter((scan) => toGrid(scan) === toGrid(map)).length === 1
}

const toChoices = ({ id }: SeriesSummary) => [
  { title: 'Lay over', command: 'overlays.layOver', slots: { map: id } },
  { title: 'Open as a scan', command: 'overlays.openAsScan', slots: { map: id } },
]

const toNumbers = ({ labels }: SeriesSummary): string => {
  const count = labels?.count ?? 0
  return `${count} whole ${count === 1 ? 'number' : 'numbers'} beside 0`
}

const describeDoubtful = (map: SeriesSummary): Problem => ({
  code: 'labels-doubtful',
  message: `${map.title}: ${toNumbers(map)}, so it may be a label map rather than a scan.`,
  nextStep: 'Lay it over the scan that is being read, or open it as a scan.',
  choices: toChoices(map),
})

const describeUnknownHost = (map: SeriesSummary): Problem => ({
  code: 'labels-of-unknown-scan',
  message: `${map.title}: a label map that does not say which of the scans it belongs to.`,
  nextStep: 'Lay it over the scan that is being read where it is the one, or open it as a scan.',
  choices: toChoices(map),
})

const describeElsewhere = (map: SeriesSummary): Problem => ({
  code: 'labels-elsewhere',
  message: `${map.title}: a label map of places that the scan being read does not reach.`,
  nextStep: 'Drop it together with the scan that it was drawn on, or open it as a scan.',
  choices: toChoices(map).slice(1),
})
