import { toCentreLpsMm, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled, cross, dot, scale, subtract } from '../geometry/vector.ts'
import { ORIENTATIONS, type Orientation, VIEW_PLANES } from '../geometry/viewPlane.ts'
import type { MeasureShape } from '../measure/measure.ts'
import type { MeasureValue } from '../measure/readMeasure.ts'
import { type SourceSlice, type SourceSlices, sourcesOf, toFrameOfReferenceUid } from '../volume/sourceSlices.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { fromPixels } from './coordinates.ts'
import { toValue } from './numberValues.ts'
import type { SrCoordinates, SrGroup, SrImage, SrReport } from './srReport.ts'
import { type PlacedGraphic, toShape } from './toShape.ts'

/** A measurement of a report where it lies in a study, with the numbers that the report gives. */
export interface PlacedGroup {
  /** Unique among all reports. */
  readonly id: string
  readonly name: string
  readonly shape: MeasureShape
  readonly values: readonly MeasureValue[]
  /** Finding and site as it says, and numbers of other kinds, in words. */
  readonly notes: readonly string[]
}

/** An image that a key object selection names. */
export interface PlacedImage {
  /** Unique among all reports. */
  readonly id: string
  /** The plane of the patient that it lies in, or nearest to. */
  readonly plane: Orientation
  /** On it, in the middle of the volume, LPS mm. */
  readonly pointLpsMm: Vec3
  readonly instanceNumber: number | null
}

export interface PlacedReport {
  readonly id: string
  readonly path: string
  readonly author: string
  readonly date: string
  readonly groups: readonly PlacedGroup[]
  /** Of a key object selection; empty of other reports. */
  readonly title: string
  readonly description: string
  readonly images: readonly PlacedImage[]
  /** Why some of it is not drawn, with how many. */
  readonly left: readonly string[]
}

type DicomSources = Extract<SourceSlices, { kind: 'dicom' }>

/** A report's measurements in a volume; null where the report is about another study, or about none of its images. */
export function placeReport(report: SrReport, volume: Volume): PlacedReport | null {
  const sources = sourcesOf(volume)
  if (sources.kind === 'none' || !isAbout(report, volume, sources)) return null
  const reasons = new Map<string, number>()
  const groups = report.groups.flatMap((group, n) => {
    const placed = placeGroup(group, volume, sources, `${report.sopInstanceUid}#${n}`)
    if (typeof placed !== 'string') return [placed]
    reasons.set(placed, (reasons.get(placed) ?? 0) + 1)
    return []
  })
  const { sopInstanceUid: id, path, author, date, title, description } = report
  const images = report.images.flatMap((image, n) => placeImage(image, volume, sources, `${id}#image ${n}`))
  const lost = report.images.length - images.length
  const left = [
    ...[...reasons].map(([reason, count]) => `${count} not drawn: ${reason}.`),
    ...(lost > 0 ? [`${lost} not shown: images of another series, or missing here.`] : []),
  ]
  return { id, path, author, date, groups, title, description, images, left }
}

/** By the images it names, else by study and frame of reference. */
function isAbout(report: SrReport, volume: Volume, { studyUid, slices }: DicomSources): boolean {
  const all = report.groups.flatMap(({ regions, numbers }) => [
    ...regions,
    ...numbers.flatMap((one) => one.coordinates),
  ])
  const uids = new Set(slices.map(({ sopInstanceUid }) => sopInstanceUid))
  const frame = toFrameOfReferenceUid(volume)
  if (report.images.some(({ sopInstanceUid }) => uids.has(sopInstanceUid))) return true
  return all.some(({ image, frameOfReferenceUid }) => {
    if (image) return uids.has(image.sopInstanceUid)
    return frame !== null && frameOfReferenceUid === frame && report.studyUid === studyUid
  })
}

function placeImage(image: SrImage, volume: Volume, sources: DicomSources, id: string): PlacedImage[] {
  const slice = findSlice(image, sources)
  if (!slice) return []
  const { originLpsMm, rowLps, columnLps } = slice.place
  const normal = cross(rowLps, columnLps)
  const [plane] = [...ORIENTATIONS].sort(
    (a, b) => Math.abs(dot(VIEW_PLANES[b].normal, normal)) - Math.abs(dot(VIEW_PLANES[a].normal, normal)),
  )
  const middle = toCentreLpsMm(toVolumeGrid(volume))
  const pointLpsMm = addScaled(middle, normal, dot(subtract(originLpsMm, middle), normal))
  return [{ id, plane, pointLpsMm, instanceNumber: slice.instanceNumber }]
}

function placeGroup(group: SrGroup, volume: Volume, sources: DicomSources, id: string): PlacedGroup | string {
  const coordinates = dropCopies([...group.regions, ...group.numbers.flatMap((one) => one.coordinates)])
  if (coordinates.length === 0) return 'no coordinates'
  const graphics = coordinates.map((one) => placeGraphic(one, volume, sources))
  const failed = graphics.find((graphic) => typeof graphic === 'string')
  if (failed !== undefined) return failed as string
  const hasNumber = group.numbers.some(({ value }) => Number.isFinite(value))
  const shape = toShape(graphics as PlacedGraphic[], { ...group, hasNumber })
  if (typeof shape === 'string') return shape
  const read = group.numbers.filter(({ value }) => Number.isFinite(value)).map(toValue)
  const values = read.filter((value) => typeof value !== 'string')
  const notes = [...read.filter((value) => typeof value === 'string'), ...toLoneStatistics(values)]
  return {
    id,
    name: toName(group),
    shape,
    values,
    notes: [...[group.finding, group.site].filter((text) => text !== ''), ...notes],
  }
}

const STATISTICS = ['mean', 'SD', 'min', 'max'] as const

/** Lines beside a region have all four statistics or none: of a report that gives fewer each is a note. */
function toLoneStatistics(values: readonly MeasureValue[]): string[] {
  const given = values.filter(({ name }) => STATISTICS.some((one) => one === name))
  return given.length < STATISTICS.length ? given.map(({ name, value }) => `${name} ${value.toFixed(0)} HU`) : []
}

/** Cornerstone's tracking identifiers name the tool, not the measurement. */
function toName({ trackingId, comment, finding }: SrGroup): string {
  const tool = /^cornerstone(?:3D)?Tools@[^:]*:(\w+)/i.exec(trackingId)
  if (!tool) return trackingId || comment || finding
  return comment || finding || ''
}

/** Programs write the outline of a region once more for each of its numbers. */
const dropCopies = (all: readonly SrCoordinates[]): SrCoordinates[] => [
  ...new Map(
    all.map((one) => [`${one.graphicType} ${one.image?.sopInstanceUid} ${one.numbers.join(' ')}`, one]),
  ).values(),
]

function placeGraphic(coordinates: SrCoordinates, volume: Volume, sources: DicomSources): PlacedGraphic | string {
  const { graphicType: type, numbers, image } = coordinates
  if (numbers.length === 0 || !numbers.every(Number.isFinite)) return 'damaged coordinates'
  return image ? placePixels(coordinates, image, sources) : placeMillimetres(type, coordinates, volume)
}

function placeMillimetres(type: string, { numbers, frameOfReferenceUid }: SrCoordinates, volume: Volume) {
  if (numbers.length % 3 !== 0) return 'damaged coordinates'
  if (frameOfReferenceUid !== toFrameOfReferenceUid(volume)) return 'coordinates of another frame of reference'
  const points = Array.from(
    { length: numbers.length / 3 },
    (_, n): Vec3 => [numbers[3 * n], numbers[3 * n + 1], numbers[3 * n + 2]],
  )
  return { type, points, plane: null }
}

function placePixels({ graphicType, numbers }: SrCoordinates, image: SrImage, sources: DicomSources) {
  if (numbers.length % 2 !== 0) return 'damaged coordinates'
  const slice = findSlice(image, sources)
  if (!slice) return 'on an image of another series, or one that is missing here'
  const points = Array.from({ length: numbers.length / 2 }, (_, n) =>
    fromPixels(slice.place, numbers[2 * n], numbers[2 * n + 1]),
  )
  return { type: graphicType, points, plane: { right: slice.place.rowLps, up: scale(slice.place.columnLps, -1) } }
}

const findSlice = ({ sopInstanceUid, frameNumber }: SrImage, { slices }: DicomSources): SourceSlice | undefined =>
  slices.find((slice) => slice.sopInstanceUid === sopInstanceUid && (slice.frameNumber ?? 1) === frameNumber)
