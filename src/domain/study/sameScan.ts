import { toPatientPoint, toVolumeFrame } from '../geometry/grid.ts'
import { dot } from '../geometry/vector.ts'
import { isSharpKernel } from '../volume/dicom/chestScore.ts'
import type { SeriesSummary } from '../volume/series.ts'
import type { Vec3, VolumeGeometry } from '../volume/volume.ts'

/** Stacks are parallel within some eight degrees. */
const PARALLEL = 0.99
/** What both reach of what either reaches, along the stack: slices of 1 and of 5 mm end a few millimetres apart. */
const SMALLEST_SHARE = 0.8

/**
 * The series of one scan, itself included, in the order of `all`: of one study and frame of reference, stacked alike over the same part of the
 * patient; other kernels, slices or times of the contrast.
 */
export function listSameScan(series: SeriesSummary, all: readonly SeriesSummary[]): readonly SeriesSummary[] {
  return all.filter((one) => one.id === series.id || isSameScan(series, one))
}

function isSameScan(a: SeriesSummary, b: SeriesSummary): boolean {
  const [studyUid, other] = [a.identity?.studyUid, b.identity?.studyUid]
  if (!studyUid || studyUid !== other || a.identity?.patientId !== b.identity?.patientId) return false
  if (!a.place || !b.place || a.chestScore <= 0 || b.chestScore <= 0) return false
  if (a.place.frameOfReferenceUid !== b.place.frameOfReferenceUid) return false
  const normal = a.place.geometry.directionLps[2]
  if (Math.abs(dot(normal, b.place.geometry.directionLps[2])) < PARALLEL) return false
  const [[fromA, toA], [fromB, toB]] = [toReach(a.place.geometry, normal), toReach(b.place.geometry, normal)]
  const both = Math.min(toA, toB) - Math.max(fromA, fromB)
  return both >= SMALLEST_SHARE * (Math.max(toA, toB) - Math.min(fromA, fromB))
}

/** Where the first and the last layer end along a direction, mm. */
function toReach(geometry: VolumeGeometry, normal: Vec3): [number, number] {
  const frame = toVolumeFrame(geometry)
  const ends = [-0.5, geometry.size[2] - 0.5].map((k) => dot(normal, toPatientPoint(frame, [0, 0, k])))
  return [Math.min(...ends), Math.max(...ends)]
}

/** The window in which a series is looked at, by its kernel, else by its name; null where neither tells. */
export function toSuitedWindow({ kernel, title }: SeriesSummary): 'lung' | 'mediastinum' | null {
  if (kernel) return isSharpKernel(kernel) ? 'lung' : 'mediastinum'
  if (/\b(lung|pulmo|lunge|poumon)/i.test(title)) return 'lung'
  return /\b(soft|mediast|weichteil|abdomen)/i.test(title) ? 'mediastinum' : null
}
