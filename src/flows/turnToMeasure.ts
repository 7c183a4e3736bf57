import { toPlanesAlong } from '../domain/geometry/turnPlanes.ts'
import type { MeasureShape } from '../domain/measure/measure.ts'
import type { Screen } from '../session/screen.ts'

/** A measure is drawn in its own plane alone: where no view lies in one parallel to it, the nearest is turned to it. */
export function turnToMeasure(screen: Pick<Screen, 'get' | 'patch'>, { plane }: Pick<MeasureShape, 'plane'>): void {
  const { planes } = screen.get().view
  const wanted = toPlanesAlong(planes, plane)
  if (wanted !== planes) screen.patch('view', { planes: wanted })
}
