import { isSamePlane, toObliquity } from '../geometry/turnPlanes.ts'
import { type Orientation, VIEW_PLANES, type ViewPlane } from '../geometry/viewPlane.ts'

/**
 * How a view that was turned lies, by the angle to the nearest plane of the patient: "oblique 23°", "oblique 30° to sagittal" where that is another than its
 * own; null where it lies as it is called.
 */
export function toObliqueText(plane: Orientation, now: ViewPlane): string | null {
  if (isSamePlane(now, VIEW_PLANES[plane])) return null
  const { nearest, degrees } = toObliquity(now.normal)
  const whole = degrees.toFixed(0)
  if (degrees < 0.05) return nearest === plane ? 'turned about' : `turned to ${nearest}`
  const angle = whole === '0' ? degrees.toFixed(1) : whole
  return nearest === plane ? `oblique ${angle}°` : `oblique ${angle}° to ${nearest}`
}
