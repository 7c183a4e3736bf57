import { addScaled } from '../geometry/vector.ts'
import type { StudyRole } from '../layout/layout.ts'
import { applyMatrix4 } from '../registration/affine.ts'
import type { Registration } from '../registration/registerLungs.ts'
import type { Vec3 } from '../volume/volume.ts'

/** How a study beside is tied to the one being read: by nothing of its own, by an offset that the reader has set, or by the lungs of both. */
export interface PriorLink {
  readonly lock: 'none' | 'offset' | 'registered'
  /** What leads from a place of the study being read to the same one beside, LPS mm; null until it was set. */
  readonly offsetMm: Vec3 | null
  readonly registration: Registration | null
}

export const NOT_LINKED: PriorLink = { lock: 'none', offsetMm: null, registration: null }

/** The same place in the other study by what ties both now; null where nothing does. LPS mm. */
export function toOtherPlace({ lock, offsetMm, registration }: PriorLink, from: StudyRole, point: Vec3): Vec3 | null {
  if (lock === 'registered' && registration)
    return applyMatrix4(from === 'current' ? registration.currentToPrior : registration.priorToCurrent, point)
  if (lock !== 'offset' || !offsetMm) return null
  return addScaled(point, offsetMm, from === 'current' ? 1 : -1)
}
