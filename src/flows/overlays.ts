import type { Problem } from '../base/result.ts'
import { measureSegments } from '../domain/overlay/measureSegments.ts'
import type { Rgb, Segmentation } from '../domain/overlay/segmentation.ts'
import { sourcesOf, toFrameOfReferenceUid } from '../domain/volume/sourceSlices.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OverlayItem, SegmentItem } from '../state/overlaysState.ts'
import type { Viewer } from '../viewer/viewer.ts'

export interface OverlaysDeps {
  readonly screen: Screen
  readonly viewer: Viewer
}

/** For segments without a colour of their own; far from one another, and bright over a CT. */
const COLORS: readonly Rgb[] = [
  [255, 107, 107],
  [90, 209, 240],
  [111, 220, 140],
  [245, 139, 216],
  [255, 216, 77],
  [255, 161, 77],
]

const describeForeign = ({ path }: Segmentation, isStudyOpen: boolean): Problem => ({
  code: 'seg-of-another-study',
  message: isStudyOpen
    ? `${path}: a segmentation of another study, or in another frame of reference, than those that are open.`
    : `${path}: a segmentation of images that are not open.`,
  nextStep: 'Drop the images that it belongs to: it is then laid over them.',
})

/** Of the same study, and in the same millimetres. */
function belongsTo({ studyUid, frameOfReferenceUid }: Segmentation, volume: Volume): boolean {
  const sources = sourcesOf(volume)
  const frame = toFrameOfReferenceUid(volume)
  return sources.kind === 'dicom' && sources.studyUid === studyUid && frame !== null && frame === frameOfReferenceUid
}

/** Segmentations of this visit: each lies over the study that it belongs to and no other, whichever came first. They are kept nowhere. */
export class Overlays {
  readonly #all = new Map<string, Segmentation>()
  #isDrawn = false

  constructor(
    private readonly deps: OverlaysDeps,
    private readonly desk: Desk,
  ) {}

  take(segmentations: readonly Segmentation[]): void {
    for (const one of segmentations) this.#all.set(one.sopInstanceUid, one)
  }

  /** Says which of a drop belong to no study that is open. */
  tellForeign(segmentations: readonly Segmentation[]): void {
    const volumes = this.desk.sessions.flatMap(({ volume }) => volume ?? [])
    for (const one of segmentations)
      if (!volumes.some((volume) => belongsTo(one, volume)))
        this.deps.screen.notify(describeForeign(one, volumes.length > 0), 'warning')
  }

  /** Those of a study in its list and over its views. */
  show(study: StudySession): void {
    const { volume } = study
    if (!volume) return
    const known = new Map(study.state.overlays.items.map((item) => [item.id, item]))
    const items = [...this.#all.values()]
      .filter((one) => belongsTo(one, volume))
      .map((one) => known.get(one.sopInstanceUid) ?? toItem(one))
    this.#put(study, items)
  }

  /** Shows or hides a segment. */
  toggle(segmentId: string): void {
    this.#change((segment, id) => (id === segmentId ? { ...segment, isVisible: !segment.isVisible } : segment))
  }

  /** Shows all segments, or hides them where one is shown. */
  toggleAll(): void {
    const segments = this.#items.flatMap((item) => item.segments)
    const isVisible = !segments.some((segment) => segment.isVisible)
    this.#change((segment) => ({ ...segment, isVisible }))
  }

  setOpacity(opacity: number): void {
    const study = this.desk.read
    if (!study) return
    study.show('overlays', { opacity: Math.min(1, Math.max(0, opacity)) })
    this.#draw(study)
  }

  jump(segmentId: string): void {
    const found = this.#items.flatMap(({ id, segments }) =>
      segments.filter(({ number }) => toSegmentId(id, number) === segmentId),
    )
    if (found.length > 0) this.deps.viewer.setCrosshair(found[0].pointLpsMm)
  }

  close(overlayId: string): void {
    this.#all.delete(overlayId)
    if (this.desk.read) this.show(this.desk.read)
  }

  get #items(): readonly OverlayItem[] {
    return this.desk.read?.state.overlays.items ?? []
  }

  #change(change: (segment: SegmentItem, id: string) => SegmentItem): void {
    const study = this.desk.read
    if (!study) return
    const items = this.#items.map((item) => ({
      ...item,
      segments: item.segments.map((segment) => change(segment, toSegmentId(item.id, segment.number))),
    }))
    this.#put(study, items)
  }

  #put(study: StudySession, items: readonly OverlayItem[]): void {
    study.show('overlays', { items })
    if (study === this.desk.read) this.#draw(study)
  }

  #draw({ id: volumeId, state: { overlays } }: StudySession): void {
    const shown = overlays.items.flatMap(({ id, segments }) => {
      const segmentation = this.#all.get(id)
      const colors = new Map(
        segments.flatMap(({ number, color, isVisible }) => (isVisible ? [[number, color] as const] : [])),
      )
      return segmentation && colors.size > 0 ? [{ volumeId, segmentation, colors, opacity: overlays.opacity }] : []
    })
    if (shown.length > 0 || this.#isDrawn) this.deps.viewer.setOverlays(shown)
    this.#isDrawn = shown.length > 0
  }
}

const toSegmentId = (overlayId: string, number: number): string => `${overlayId}#${number}`

function toItem(segmentation: Segmentation): OverlayItem {
  const known = new Map(segmentation.segments.map((segment) => [segment.number, segment]))
  const segments = measureSegments(segmentation).map(({ number, ml, pointLpsMm }, n): SegmentItem => {
    const { label = `Segment ${number}`, color = null } = known.get(number) ?? {}
    return { number, label, color: color ?? COLORS[n % COLORS.length], ml, pointLpsMm, isVisible: true }
  })
  const { sopInstanceUid: id, name, path } = segmentation
  return { id, name, path, segments }
}
