import type { SourceSlice, SourceSlices } from '../sourceSlices.ts'
import type { Layer, StackPlan } from './planStack.ts'
import type { PlacedSlice } from './slicePlace.ts'

/** Which instances the layers of a planned stack come from. `slices` as they were planned. */
export function toSourceSlices(
  slices: readonly PlacedSlice[],
  plan: Pick<StackPlan, 'layers' | 'offsets'>,
): SourceSlices {
  return {
    kind: 'dicom',
    studyUid: slices[0].identity.studyUid,
    header: slices[0].sourceHeader,
    slices: slices.map(toSourceSlice),
    layers: plan.layers.map(toNearerFirst),
    isResampled: plan.offsets !== null || plan.layers.some((layer) => layer !== null && layer.lower !== layer.upper),
  }
}

const toSourceSlice = (slice: PlacedSlice): SourceSlice => ({
  seriesUid: orNull(slice.seriesUid),
  sopInstanceUid: orNull(slice.sopInstanceUid),
  sopClassUid: orNull(slice.sopClassUid),
  frameOfReferenceUid: orNull(slice.frameOfReferenceUid),
  frameNumber: slice.frameCount > 1 ? slice.frameIndex + 1 : null,
  instanceNumber: slice.instanceNumber,
  place: {
    originLpsMm: slice.positionLpsMm,
    rowLps: slice.rowLps,
    columnLps: slice.columnLps,
    pixelSpacingMm: slice.pixelSpacingMm,
  },
})

const orNull = (uid: string): string | null => uid || null

function toNearerFirst(layer: Layer | null): readonly number[] {
  if (layer === null) return []
  const { lower, upper, upperWeight } = layer
  if (lower === upper || upperWeight === 0) return [lower]
  return upperWeight > 0.5 ? [upper, lower] : [lower, upper]
}
