import { toGridPoint, toVolumeGrid } from '../domain/geometry/grid.ts'
import { type Measure, toPlaneName } from '../domain/measure/measure.ts'
import { slicesOfLayer, sourcesOf } from '../domain/volume/sourceSlices.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { StudySession } from '../session/studySession.ts'

/**
 * The measures of a study with value, unit, plane and place. The UIDs of the images that they lie in name a patient's study: they are
 * there only where a person has asked for identity; the numbers of the instances always are.
 */
export function toExportedMeasures({ state, volume }: StudySession, isIdentified: boolean): readonly object[] {
  return state.measures.items.map(({ measure, values }) => ({
    kind: measure.kind,
    label: measure.label,
    values,
    plane: { name: toPlaneName(measure.plane), ...measure.plane },
    pointsLpsMm: measure.points,
    ...(measure.slab && { slab: measure.slab }),
    ...(measure.nodule && { nodule: { kind: measure.nodule.kind, sliceMm: measure.nodule.sliceMm } }),
    tie: measure.tie,
    ...(volume && toExportedSources(volume, measure, isIdentified)),
  }))
}

function toExportedSources(volume: Volume, { points }: Measure, isIdentified: boolean) {
  const sources = sourcesOf(volume)
  if (sources.kind === 'none') return { sources: [], whyNoSources: sources.reason }
  const grid = toVolumeGrid(volume)
  const along = points.map((point) => toGridPoint(grid, point)[2])
  const [from, to] = [Math.round(Math.min(...along)), Math.round(Math.max(...along))]
  const layers = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  const slices = [...new Set(layers.flatMap((k) => slicesOfLayer(volume, k)))]
  return {
    sources: slices.map(({ instanceNumber, frameNumber, sopInstanceUid, sopClassUid, frameOfReferenceUid }) => ({
      instanceNumber,
      frameNumber,
      ...(isIdentified && { sopInstanceUid, sopClassUid, frameOfReferenceUid }),
    })),
  }
}
