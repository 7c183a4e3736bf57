import type { DataSet } from 'dicom-parser'
import { decodeText } from '../../volume/dicom/decodeText.ts'
import type { OpenedDataSet } from '../../volume/dicom/openDataSet.ts'
import { readNumber } from '../../volume/dicom/readNumbers.ts'
import { itemsOf, uidOf } from '../dicomItems.ts'
import type { Outline, Rgb, Segment, Segmentation, SegmentExtent, SegmentVoxels } from '../segmentation.ts'
import { type ContourPoints, pointAt, stackContours } from './contourStack.ts'
import { fillContours } from './fillContours.ts'

/** RT Structure Set Storage (PS3.4 B.5). */
export const STRUCTURE_SET_CLASS = '1.2.840.10008.5.1.4.1.1.481.3'

const MOST_POINTS = 10_000_000
const CLOSED = new Set(['CLOSED_PLANAR', 'CLOSEDPLANAR_XOR'])
const OPEN = new Set(['POINT', 'OPEN_PLANAR', 'OPEN_NONPLANAR'])

/** A region that cannot be drawn, and why. */
export interface LeftOut {
  readonly name: string
  readonly reason: string
}

/** The regions of a structure set, those of each frame of reference by themselves. */
export interface StructureSets {
  readonly sets: readonly Segmentation[]
  readonly leftOut: readonly LeftOut[]
}

interface Region {
  readonly name: string
  readonly frameOfReferenceUid: string
  readonly color: Rgb | null
  /** Without its number. */
  readonly drawn: Drawn
}

interface Drawn {
  readonly toVoxels: (segment: number) => SegmentVoxels | null
  readonly toExtent: (segment: number) => SegmentExtent
  readonly toOutline: (segment: number) => Outline
}

/** Regions of interest of an RTSTRUCT file that was read whole (PS3.3 C.8.8.5, C.8.8.6), or words that say why there are none. */
export function readStructureSet({ dataSet }: OpenedDataSet, path: string): StructureSets | string {
  const contoursOf = new Map(
    itemsOf(dataSet, 'x30060039').map((item) => [readNumber(item, 'x30060084'), item] as const),
  )
  const named = itemsOf(dataSet, 'x30060020')
  if (named.length === 0) return 'it names no region'
  const frameUid = uidOf(itemsOf(dataSet, 'x30060010')[0], 'x00200052') || uidOf(dataSet, 'x00200052')
  const regions: Region[] = []
  const leftOut: LeftOut[] = []
  for (const item of named) {
    const name = decodeText(item, 'x30060026', dataSet) || `Region ${readNumber(item, 'x30060022') ?? '?'}`
    const contours = contoursOf.get(readNumber(item, 'x30060022'))
    const drawn = contours ? readContours(contours) : 'no contours'
    const frameOfReferenceUid = uidOf(item, 'x30060024') || frameUid
    if (typeof drawn === 'string') leftOut.push({ name, reason: drawn })
    else regions.push({ name, frameOfReferenceUid, color: readColor(contours), drawn })
  }
  if (regions.length === 0) return `none of its regions can be drawn (${listLeftOut(leftOut)})`
  const frames = [...new Set(regions.map((region) => region.frameOfReferenceUid))]
  const toSet = (uid: string) => composeSet(dataSet, path, uid, regions)
  return { sets: frames.map(toSet), leftOut }
}

export const listLeftOut = (leftOut: readonly LeftOut[]): string =>
  leftOut.map(({ name, reason }) => `${name}: ${reason}`).join('; ')

function composeSet(dataSet: DataSet, path: string, uid: string, all: readonly Region[]): Segmentation {
  const regions = all.filter(({ frameOfReferenceUid }) => frameOfReferenceUid === uid)
  // A body or a lung must not hide what lies in it.
  const largestFirst = regions
    .map((region, n) => [region, n + 1] as const)
    .sort(([one], [other]) => (other.drawn.toExtent(0).ml ?? 0) - (one.drawn.toExtent(0).ml ?? 0))
  return {
    kind: 'structure set',
    path,
    id: `${uidOf(dataSet, 'x00080018')} ${uid}`,
    belongsTo: { kind: 'frame', studyUid: null, frameOfReferenceUid: uid },
    name: decodeText(dataSet, 'x30060002') || decodeText(dataSet, 'x0008103e'),
    segments: regions.map(({ name, color }, n): Segment => ({ number: n + 1, label: name, color })),
    parts: largestFirst.flatMap(([{ drawn }, number]) => drawn.toVoxels(number) ?? []),
    extents: regions.map(({ drawn }, n) => drawn.toExtent(n + 1)),
    outlines: largestFirst.map(([{ drawn }, number]) => drawn.toOutline(number)),
  }
}

function readColor(item: DataSet | undefined): Rgb | null {
  const parts = (item?.string('x3006002a') ?? '').split('\\').map(Number)
  const isColor = parts.length === 3 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
  return isColor ? [parts[0], parts[1], parts[2]] : null
}

/** The contours of a region as what is drawn of it, or words that say why it cannot be. */
function readContours(item: DataSet): Drawn | string {
  const closed: ContourPoints[] = []
  const points: ContourPoints[] = []
  let slabMm: number | null = null
  let count = 0
  for (const contour of itemsOf(item, 'x30060040')) {
    const kind = contour.string('x30060042')?.trim().toUpperCase() ?? ''
    const read = readPoints(contour)
    if (!read) return 'a contour whose points are no numbers, or not three to a point'
    count += read.length / 3
    if (count > MOST_POINTS) return 'more points than can be drawn'
    slabMm ??= readNumber(contour, 'x30060044')
    if (CLOSED.has(kind) && read.length >= 9) closed.push(read)
    else if (CLOSED.has(kind) || OPEN.has(kind)) points.push(read)
    else return `contours of the kind ${kind || 'that is not named'}`
  }
  if (count === 0) return 'no contours'
  return closed.length > 0 ? drawClosed(closed, points, slabMm) : drawPoints(points)
}

function readPoints(contour: DataSet): ContourPoints | null {
  const text = contour.string('x30060050')
  if (!text) return null
  const numbers = Float64Array.from(text.split('\\'), (part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return numbers.length % 3 === 0 && numbers.every(Number.isFinite) ? numbers : null
}

function drawClosed(closed: readonly ContourPoints[], points: readonly ContourPoints[], slabMm: number | null) {
  const stack = stackContours(closed, slabMm !== null && slabMm > 0 ? slabMm : null)
  if (typeof stack === 'string') return stack
  const filled = fillContours(1, stack)
  if (typeof filled === 'string') return filled
  const { voxels, extent } = filled
  return {
    toVoxels: (segment: number) => ({ ...voxels, frames: voxels.frames.map((frame) => ({ ...frame, segment })) }),
    toExtent: (segment: number) => ({ ...extent, number: segment }),
    toOutline: (segment: number) => ({ segment, stack, points }),
  }
}

/** Single points and open lines have no inside. */
const drawPoints = (points: readonly ContourPoints[]): Drawn => ({
  toVoxels: () => null,
  toExtent: (number) => ({ number, ml: null, pointLpsMm: pointAt(points[0], 0) }),
  toOutline: (segment) => ({ segment, stack: null, points }),
})
