import type { DataSet } from 'dicom-parser'
import { toGrid } from '../geometry/grid.ts'
import { addScaled, cross, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import { decodeText } from '../volume/dicom/decodeText.ts'
import type { OpenedDataSet } from '../volume/dicom/openDataSet.ts'
import { readAxes } from '../volume/dicom/readAxes.ts'
import { readNumber, readNumbers } from '../volume/dicom/readNumbers.ts'
import { TRANSFER_SYNTAX } from '../volume/dicom/sliceHeader.ts'
import type { Vec3 } from '../volume/volume.ts'
import { fromCieLab } from './cieLab.ts'
import { itemsOf, uidOf } from './dicomItems.ts'
import { measureSegments } from './measureSegments.ts'
import type { Segment, Segmentation, SegmentFrame, SegmentVoxels } from './segmentation.ts'

/** Segmentation and Label Map Segmentation Storage (PS3.4 B.5). */
const SEGMENTATION_CLASSES: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.66.4',
  '1.2.840.10008.5.1.4.1.1.66.7',
])
const PLAIN: ReadonlySet<string> = new Set([
  TRANSFER_SYNTAX.implicitLittleEndian,
  TRANSFER_SYNTAX.explicitLittleEndian,
  TRANSFER_SYNTAX.deflatedLittleEndian,
])
const MOST_FRAMES = 100_000
const MOST_LAYERS = 20_000
const MOST_SIDE = 16_384
/** A frame lies in a layer within this share of their distance. */
const OFF_LAYER = 0.1
const OFF_LINE_MM = 0.05

export const isSegmentationClass = (sopClassUid: string): boolean => SEGMENTATION_CLASSES.has(sopClassUid)

interface FramePlace {
  readonly positionLpsMm: Vec3
  readonly segment: number
}

/** A segmentation of a file that was read whole, or words that say why it is none that can be drawn. */
export function readSegmentation({ dataSet, transferSyntaxUid }: OpenedDataSet, path: string): Segmentation | string {
  if (!PLAIN.has(transferSyntaxUid)) return 'its pixels are compressed, or big endian'
  const [columns, rows] = [dataSet.uint16('x00280011') ?? 0, dataSet.uint16('x00280010') ?? 0]
  const count = dataSet.intString('x00280008') ?? 1
  if (columns < 1 || rows < 1 || Math.max(columns, rows) > MOST_SIDE || !(count >= 1 && count <= MOST_FRAMES))
    return 'its header names a size that no segmentation has'
  const kind = decodeText(dataSet, 'x00620001').toUpperCase()
  const pixels = readPixels(dataSet, columns * rows * count, kind)
  if (typeof pixels === 'string') return pixels
  const placed = placeFrames(dataSet, count, kind === 'LABELMAP', [columns, rows])
  if (typeof placed === 'string') return placed
  const [studyUid, frameOfReferenceUid] = [uidOf(dataSet, 'x0020000d'), uidOf(dataSet, 'x00200052')]
  const voxels = { ...placed, ...pixels }
  return {
    kind: 'segmentation',
    path,
    id: uidOf(dataSet, 'x00080018'),
    belongsTo: { kind: 'frame', studyUid, frameOfReferenceUid },
    name: decodeText(dataSet, 'x0008103e') || decodeText(dataSet, 'x00700080'),
    segments: readSegments(dataSet),
    parts: [voxels],
    outlines: [],
    extents: measureSegments(voxels),
  }
}

function readPixels(
  dataSet: DataSet,
  count: number,
  kind: string,
): Pick<SegmentVoxels, 'pixels' | 'bits' | 'threshold'> | string {
  const element = dataSet.elements.x7fe00010
  const bits = dataSet.uint16('x00280100')
  const isFitting = kind === 'BINARY' ? bits === 1 : kind === 'FRACTIONAL' ? bits === 8 : bits === 8 || bits === 16
  if (!isFitting || !['BINARY', 'FRACTIONAL', 'LABELMAP'].includes(kind))
    return `its type is ${kind || 'not named'}, of ${bits} bits`
  if (!element || element.hadUndefinedLength) return 'its pixels are compressed, or missing'
  if (element.length * 8 < count * (bits ?? 0)) return 'it is cut off before its last pixel'
  const most = dataSet.uint16('x0062000e') || 255
  return {
    pixels: dataSet.byteArray.slice(element.dataOffset, element.dataOffset + element.length) as Uint8Array,
    bits: bits as 1 | 8 | 16,
    threshold: kind === 'FRACTIONAL' ? Math.max(1, Math.ceil(most / 2)) : 1,
  }
}

function readSegments(dataSet: DataSet): Segment[] {
  return itemsOf(dataSet, 'x00620002').map((item) => {
    const number = item.uint16('x00620004') ?? 0
    const lab = [0, 1, 2].map((n) => item.uint16('x0062000d', n))
    const hasColor = item.elements.x0062000d?.length === 6
    return {
      number,
      label: decodeText(item, 'x00620005', dataSet) || `Segment ${number}`,
      color: hasColor ? fromCieLab(lab as number[] as [number, number, number]) : null,
    }
  })
}

/** Functional groups: a frame's own first, then those that all share. */
function placeFrames(dataSet: DataSet, count: number, isLabelMap: boolean, [columns, rows]: readonly [number, number]) {
  const own = itemsOf(dataSet, 'x52009230')
  const [shared] = itemsOf(dataSet, 'x52009229')
  if (own.length !== count) return 'its header names the place of too few frames, or of too many'
  const group = (frame: DataSet, tag: string) => itemsOf(frame, tag)[0] ?? itemsOf(shared, tag)[0]
  const measures = group(own[0], 'x00289110')
  const orientation = group(own[0], 'x00209116')
  const spacing = measures && readNumbers(measures, 'x00280030', 2)?.numbers
  const axes = orientation && readAxes(readNumbers(orientation, 'x00200037', 6)?.numbers ?? [0, 0, 0, 0, 0, 0])
  if (!spacing || !axes?.rowLps || !axes.columnLps || !(spacing[0] > 0 && spacing[1] > 0))
    return 'its header names no possible orientation or spacing'
  const places = own.map((frame) => readFrame(group, frame, isLabelMap))
  const sound = places.filter((place) => place !== null)
  if (sound.length < count) return 'its header does not say where a frame lies, or of which segment it is'
  const stepMm = (measures && (readNumber(measures, 'x00180088') ?? readNumber(measures, 'x00180050'))) || 1
  const stacked = stackFrames(sound, axes.rowLps, axes.columnLps, stepMm)
  if (typeof stacked === 'string') return stacked
  const { frames, originLpsMm, stepLpsMm, layers } = stacked
  const stepsLpsMm = [scale(axes.rowLps, spacing[1]), scale(axes.columnLps, spacing[0]), stepLpsMm] as const
  return { frames, grid: toGrid({ originLpsMm, stepsLpsMm }, [columns, rows, layers]) }
}

function readFrame(
  group: (frame: DataSet, tag: string) => DataSet | undefined,
  frame: DataSet,
  isLabelMap: boolean,
): FramePlace | null {
  const position = group(frame, 'x00209113')
  const numbers = position && readNumbers(position, 'x00200032', 3)?.numbers
  const segment = isLabelMap ? 0 : group(frame, 'x0062000a')?.uint16('x0062000b')
  if (!numbers || segment === undefined || (!isLabelMap && segment === 0)) return null
  return { positionLpsMm: [numbers[0], numbers[1], numbers[2]], segment }
}

/** Frames as layers of even distance along their normal; layers between them that no frame names are empty. */
function stackFrames(places: readonly FramePlace[], rowLps: Vec3, columnLps: Vec3, stepMm: number) {
  const normal = cross(rowLps, columnLps)
  const along = places.map(({ positionLpsMm }) => dot(normal, positionLpsMm))
  const sorted = [...along].sort((a, b) => a - b)
  const gaps = sorted
    .slice(1)
    .map((mm, n) => mm - sorted[n])
    .filter((mm) => mm > 0.01)
  const step = gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : Math.abs(stepMm) || 1
  const origin = places[along.indexOf(sorted[0])].positionLpsMm
  const layers = Math.round((sorted[sorted.length - 1] - sorted[0]) / step) + 1
  if (layers > MOST_LAYERS) return 'its frames lie too far apart'
  const frames: SegmentFrame[] = []
  for (const [n, { positionLpsMm, segment }] of places.entries()) {
    const layer = Math.round((along[n] - sorted[0]) / step)
    const aside = subtract(positionLpsMm, addScaled(origin, normal, along[n] - sorted[0]))
    if (lengthOf(aside) > OFF_LINE_MM) return 'its frames do not lie over one another'
    if (Math.abs(along[n] - sorted[0] - layer * step) > OFF_LAYER * step) return 'its frames lie at uneven distances'
    frames.push({ layer, segment })
  }
  return { frames, originLpsMm: origin, stepLpsMm: scale(normal, step), layers }
}
