import { toListedSeries } from '../domain/study/listedSeries.ts'
import { listSameScan, toSuitedWindow } from '../domain/study/sameScan.ts'
import { toSeriesTitle } from '../domain/study/seriesName.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import { findWindowPreset, WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { Studies } from './studies.ts'

export interface FlickDeps {
  readonly screen: Screen
  readonly viewer: Viewer
}

interface Window {
  readonly widthHu: number
  readonly centerHu: number
}

/** Lung and soft kernel of one scan in turns, at the same place, each in its own window; words and measures stay with the series they are of. */
export class Flick {
  /** Windows in which series were left, by series. */
  readonly #windows = new Map<string, Window>()
  readonly #told = new Set<string>()
  #isUnderWay = false

  constructor(
    private readonly deps: FlickDeps,
    private readonly desk: Desk,
    private readonly studies: Studies,
  ) {}

  /** Shows the next series of the scan that is read; does nothing where there is no other, or one is on its way. */
  async next(): Promise<void> {
    const former = this.desk.read
    const { series, drops } = this.deps.screen.get().desk
    const all = toListedSeries(series, drops)
    const now = all.find(({ id }) => id === former?.state.study.seriesId)
    if (!former || !now || this.#isUnderWay) return
    const scan = listSameScan(now, all)
    const next = scan[(scan.indexOf(now) + 1) % scan.length]
    if (next === now) return
    this.#isUnderWay = true
    try {
      await this.#turn(former, now, next)
    } finally {
      this.#isUnderWay = false
    }
  }

  async #turn(former: StudySession, now: SeriesSummary, next: SeriesSummary): Promise<void> {
    let left: Window | null = null
    await this.studies.flickTo(next.id, () => {
      left = toWindow(this.deps.screen)
      this.#windows.set(now.id, left)
      this.#setWindow(this.#windows.get(next.id) ?? toFirst(next))
    })
    const isShown = this.desk.read?.state.study.seriesId === next.id
    if (isShown) this.#tellWords(former)
    else this.#setWindow(left)
  }

  #setWindow(window: Window | null): void {
    if (!window) return
    const { widthHu, centerHu } = window
    const preset = findWindowPreset(widthHu, centerHu)?.id ?? null
    this.deps.screen.patch('view', { windowPreset: preset, windowWidthHu: widthHu, windowCenterHu: centerHu })
    this.deps.viewer.setWindow(widthHu, centerHu)
  }

  /** Once a series: what was said and measured there is not gone. */
  #tellWords(former: StudySession): void {
    const { study, dictation, measures } = former.state
    const count = dictation.utterances.length + measures.items.length
    if (count === 0 || this.#told.has(former.id)) return
    this.#told.add(former.id)
    const title = toSeriesTitle(study, this.deps.screen.get().view.isIdentityShown)
    this.deps.screen.notify(
      {
        code: 'words-of-other-series',
        message: `What was said and measured in “${title}” stays with that series: words and measures shown now are those of this one.`,
        nextStep: 'Flick back to go on there.',
      },
      'info',
    )
  }
}

function toWindow(screen: Screen): Window {
  const { windowWidthHu: widthHu, windowCenterHu: centerHu } = screen.get().view
  return { widthHu, centerHu }
}

function toFirst(series: SeriesSummary): Window | null {
  const suited = toSuitedWindow(series)
  return WINDOW_PRESETS.find(({ id }) => id === suited) ?? null
}
