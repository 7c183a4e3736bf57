import type { Problem } from '../../../base/result.ts'
import { snapSpacingMm } from '../../geometry/spacing.ts'
import { cross, dot, lengthOf, scale } from '../../geometry/vector.ts'
import type { Vec3, VolumeGeometry } from '../volume.ts'
import type { NiftiHeader } from './niftiHeader.ts'

/** Cosine between two axes from which a grid counts as sheared. */
const SHEAR_TOLERANCE = 1e-3

/** NIfTI's world is RAS (x to the Right, y to Anterior); DICOM's is LPS: the first two rows change sign. */
export function toNiftiGeometry(header: NiftiHeader): VolumeGeometry {
  const [x, y, z] = header.indexToRasMm
  const columnLps = (n: 0 | 1 | 2 | 3): Vec3 => [-x[n], -y[n], z[n]]
  const steps = [columnLps(0), columnLps(1), columnLps(2)] as const
  const lengths = [lengthOf(steps[0]), lengthOf(steps[1]), lengthOf(steps[2])] as const
  return {
    size: header.size,
    spacingMm: [snapSpacingMm(lengths[0]), snapSpacingMm(lengths[1]), snapSpacingMm(lengths[2])],
    originLpsMm: columnLps(3),
    directionLps: [scale(steps[0], 1 / lengths[0]), scale(steps[1], 1 / lengths[1]), scale(steps[2], 1 / lengths[2])],
  }
}

/** What the user should know about how a NIfTI was placed. */
export function describeNiftiPlacement(header: NiftiHeader, geometry: VolumeGeometry, path: string): Problem[] {
  const notices: Problem[] = []
  if (header.orientationFrom === 'assumed') {
    notices.push({
      code: 'nifti-without-orientation',
      message: `${path} does not say how it lies in the patient; left and right may be swapped.`,
      nextStep: 'Check the side of the heart, or convert the scan again with its orientation (sform).',
    })
  }
  if (header.volumeCount > 1) {
    notices.push({
      code: 'nifti-4d',
      message: `${path} holds ${header.volumeCount} volumes; the first is shown.`,
      nextStep: 'Save the other volumes as files of their own to read them.',
    })
  }
  if (isSheared(geometry)) {
    notices.push({
      code: 'nifti-sheared',
      message: `${path} has axes that are not at right angles.`,
      nextStep: 'Distances across slices may be off; resample the scan to a right-angled grid.',
    })
  }
  return notices
}

function isSheared({ directionLps: [i, j, k] }: VolumeGeometry): boolean {
  return Math.abs(dot(i, j)) > SHEAR_TOLERANCE || Math.abs(Math.abs(dot(cross(i, j), k)) - 1) > SHEAR_TOLERANCE
}
