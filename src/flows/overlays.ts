import type { Problem } from '../base/result.ts'
import type { LabelMap } from '../domain/overlay/labelMap/readLabelMap.ts'
import type { Belonging, Rgb, Segmentation } from '../domain/overlay/segmentation.ts'
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

/** For the first segments without a colour of their own; far from one another, and bright over a CT. */
const COLORS: readonly Rgb[] = [
  [255, 107, 107],
  [90, 209, 240],
  [111, 220, 140],
  [245, 139, 216],
  [255, 216, 77],
  [255, 161, 77],
]

/** Degrees between the hues of segments beyond those: the golden angle never comes back to a hue. */
const HUE_STEP = 137.508
const SATURATION = 0.65
const LIGHTNESS = 0.65

function toColor(n: number): Rgb {
  if (n < COLORS.length) return COLORS[n]
  // CSS Color 4, HSL to RGB.
  const channel = (offset: number) => {
    const k = (offset + (n * HUE_STEP) / 30) % 12
    const value = LIGHTNESS - SATURATION * Math.min(LIGHTNESS, 1 - LIGHTNESS) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
  }
  return [channel(0), channel(8), channel(4)]
}

const describeForeign = ({ path, kind }: Segmentation, isStudyOpen: boolean): Problem => ({
  code: 'seg-of-another-study',
  message: isStudyOpen
    ? `${path}: a ${kind} of another study, or in another frame of reference, than those that are open.`
    : `${path}: a ${kind} of images that are not open.`,
  nextStep: 'Drop the images that it belongs to: it is then laid over them.',
})

/** Of the same study, and in the same millimetres. */
function lies({ belongsTo }: Segmentation, volume: Volume): boolean {
  const own = toBelonging(volume)
  if (belongsTo.kind === 'study') return belongsTo.studyId === volume.id
  const { studyUid, frameOfReferenceUid } = belongsTo
  return (
    own.kind === 'frame' &&
    (studyUid === null || own.studyUid === studyUid) &&
    own.frameOfReferenceUid === frameOfReferenceUid
  )
}

/** What lies over a study: all its images in one frame of reference, as far as its headers name one. */
function toBelonging(volume: Volume): Belonging {
  const sources = sourcesOf(volume)
  const frameOfReferenceUid = toFrameOfReferenceUid(volume)
  if (sources.kind === 'dicom' && sources.studyUid && frameOfReferenceUid)
    return { kind: 'frame', studyUid: sources.studyUid, frameOfReferenceUid }
  return { kind: 'study', studyId: volume.id }
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
    for (const one of segmentations) this.#all.set(one.id, one)
  }

  /** Lays labels over a study, and over what else lies in its millimetres. */
  lay(labels: LabelMap, volume: Volume): void {
    this.#all.set(labels.id, { ...labels, belongsTo: toBelonging(volume) })
    if (this.desk.read) this.show(this.desk.read)
  }

  /** Says which of a drop belong to no study that is open. */
  tellForeign(segmentations: readonly Segmentation[]): void {
    const volumes = this.desk.sessions.flatMap(({ volume }) => volume ?? [])
    for (const one of segmentations)
      if (!volumes.some((volume) => lies(one, volume)))
        this.deps.screen.notify(describeForeign(one, volumes.length > 0), 'warning')
  }

  /** Those of a study in its list and over its views. */
  show(study: StudySession): void {
    const { volume } = study
    if (!volume) return
    const known = new Map(study.state.overlays.items.map((item) => [item.id, item]))
    const items = [...this.#all.values()]
      .filter((one) => lies(one, volume))
      .map((one) => known.get(one.id) ?? toItem(one))
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
  const segments = segmentation.extents.map(({ number, ml, pointLpsMm }, n): SegmentItem => {
    const { label = `Segment ${number}`, color = null } = known.get(number) ?? {}
    return { number, label, color: color ?? toColor(n), ml, pointLpsMm, isVisible: true }
  })
  const { id, kind, name, path } = segmentation
  return { id, kind, name, path, segments }
}
