import { Latest } from '../base/latest.ts'
import { type Result, toProblem } from '../base/result.ts'
import { VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { MeasureShape } from '../domain/measure/measure.ts'
import type { NoduleReading } from '../domain/nodule/noduleReading.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Measures } from './measures.ts'

export interface NodulesDeps {
  readonly screen: Screen
  /** The nodule at the first of some places (LPS mm) that has one; see `measureNodule`. */
  measureNodule(volume: Volume, seedsLpsMm: readonly Vec3[], signal: AbortSignal): Promise<Result<NoduleReading>>
}

/** Volumes of nodules, measured by a click, and what they were in a prior. */
export class Nodules {
  readonly #measuring = new Latest()

  constructor(
    private readonly deps: NodulesDeps,
    private readonly desk: Desk,
    private readonly measures: Measures,
  ) {}

  /** The nodule at a place of the study being read becomes one of its measures, or the reader is told why it has no volume. */
  async measure(pointLpsMm: Vec3): Promise<void> {
    const study = this.desk.read
    if (!study?.volume) return
    const found = await this.#find(study, study.volume, [pointLpsMm])
    if (found && this.desk.read === study) this.measures.draw(toShape(found))
  }

  cancel(): void {
    this.#measuring.end()
  }

  /** Null where it has none, which is told, or where it was given up. */
  async #find(study: StudySession, volume: Volume, seeds: readonly Vec3[]): Promise<NoduleReading | null> {
    const signal = this.#measuring.begin(study.signal)
    study.show('measures', { isSizing: true })
    try {
      const found = await this.deps.measureNodule(volume, seeds, signal)
      if (signal.aborted) return null
      if (found.ok) return found.value
      this.deps.screen.notify(found.problem, 'info')
    } catch (thrown) {
      if (!signal.aborted) this.deps.screen.notify(toProblem(thrown, 'nodule-failed', 'Click the nodule once more.'))
    } finally {
      if (!study.signal.aborted) study.show('measures', { isSizing: false })
    }
    return null
  }
}

const toShape = (nodule: NoduleReading): MeasureShape => {
  const { right, up } = VIEW_PLANES.axial
  return { kind: 'nodule', plane: { right, up }, points: nodule.axes, nodule }
}
