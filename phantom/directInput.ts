import type { TrilinearInputSpec } from '../src/domain/ct/ctInputSpec.ts'
import type { Vec3, VolumeGeometry } from '../src/domain/volume/volume.ts'
import type { PhantomCase } from './phantomCase.ts'
import { renderPhantom } from './renderPhantom.ts'
import { toDirectRendering } from './scanners.ts'

export interface DirectInput {
  /** Scaled input values, axes S, P or L, … as the spec names them. */
  readonly data: Float32Array
  /** Finding bits on the same grid. */
  readonly findingMask: Uint32Array
}

/** Where the voxels of one tensor axis lie in the scan after resampling, cropping and padding. */
interface AxisPlan {
  readonly count: number
  readonly padBefore: number
  readonly spacingMm: number
  readonly originMm: number
}

/** Samples the phantom straight on the model's input grid: nearly what `toCtInput` makes of the rendered scan. */
export function renderDirectInput(phantom: PhantomCase, spec: TrilinearInputSpec): DirectInput {
  if (spec.axisCodes !== 'SLP') throw new Error(`axis codes ${spec.axisCodes} are not drawn directly`)
  const { scan } = phantom
  const plans = [0, 1, 2].map((axis) => planAxis(scan, axis, spec))
  const geometry: VolumeGeometry = {
    size: plans.map((plan) => plan.count) as unknown as Vec3,
    spacingMm: plans.map((plan) => plan.spacingMm) as unknown as Vec3,
    originLpsMm: plans.map((plan) => plan.originMm) as unknown as Vec3,
    directionLps: scan.directionLps,
  }
  const rendering = renderPhantom(phantom, geometry, toDirectRendering(phantom.scanner))
  return embed(rendering.hu, rendering.findingMask, plans, spec)
}

/** Tensor axes S, L, P hold the scan's axes k, i, j. */
const TENSOR_AXIS_OF_SCAN_AXIS = [1, 2, 0]

function planAxis(scan: VolumeGeometry, axis: number, spec: TrilinearInputSpec): AxisPlan {
  const tensorAxis = TENSOR_AXIS_OF_SCAN_AXIS[axis]
  const wanted = spec.shape[tensorAxis]
  const size = scan.size[axis]
  const spacing = scan.spacingMm[axis]
  const resampled = Math.trunc((size * spacing) / spec.spacingMm[tensorAxis])
  const step = size / resampled
  const start = Math.max(Math.floor((resampled - wanted) / 2), 0)
  return {
    count: Math.min(resampled, wanted),
    padBefore: Math.max(Math.floor((wanted - resampled) / 2), 0),
    spacingMm: step * spacing,
    originMm: scan.originLpsMm[axis] + ((start + 0.5) * step - 0.5) * spacing,
  }
}

function embed(hu: Int16Array, mask: Uint32Array, plans: readonly AxisPlan[], spec: TrilinearInputSpec): DirectInput {
  const [ns, nl, np] = spec.shape
  const data = new Float32Array(ns * nl * np).fill(spec.padValue)
  const findingMask = new Uint32Array(ns * nl * np)
  const [left, posterior, superior] = plans
  const [low, high] = spec.huClip
  let at = 0
  for (let k = 0; k < superior.count; k++) {
    for (let j = 0; j < posterior.count; j++) {
      for (let i = 0; i < left.count; i++) {
        const to = ((k + superior.padBefore) * nl + i + left.padBefore) * np + j + posterior.padBefore
        data[to] = Math.min(Math.max(hu[at], low), high) / spec.huDivisor
        findingMask[to] = mask[at]
        at++
      }
    }
  }
  return { data, findingMask }
}
