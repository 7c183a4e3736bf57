import { smoothStep } from '../anatomy/knots.ts'
import { toCavityRadius, toDiaphragmZ } from '../anatomy/thorax.ts'
import { type Field, paintField } from '../render/paintField.ts'
import { REGION } from '../render/renderGrid.ts'
import { createSmoothNoise } from '../render/valueNoise.ts'
import { bySeverity, type LesionScene, LUNG_REGIONS, toBit } from './lesionScene.ts'

/** Free fluid that settles at the back and base of the pleural space as a crescent. */
export function paintPleuralEffusion(scene: LesionScene): void {
  const { details, grid, anatomy, random } = scene
  const hu = random.range(2, 20)
  const noise = createSmoothNoise(random, 30)
  const top = bySeverity(details, -10, 50, 100)
  for (const side of [1, -1]) {
    if (details.side !== 'both' && details.side !== (side > 0 ? 'left' : 'right')) continue
    const thick = random.range(0.85, 1.15) * bySeverity(details, 14, 28, 50)
    const low = [side > 0 ? 2 : -142, -60, -145] as const
    const high = [side > 0 ? 142 : -2, 98, top + 15] as const
    const brush = {
      layer: 'soft',
      hu,
      onlyRegions: LUNG_REGIONS,
      region: REGION.fluid,
      finding: toBit('pleural_effusion'),
      maskFrom: 0.5,
    } as const
    const field: Field = (x, y, z, sample) => {
      const climb = smoothStep(top, top - 90, z)
      const reach = thick * smoothStep(-35, 62, y) * climb
      const wall = toCavityRadius(x, y, z) - Math.sqrt(x * x + y * y)
      const floor = (z - toDiaphragmZ(anatomy, x, y)) * 0.75
      const base = thick * 0.7 * smoothStep(-20, 40, y)
      sample.coverage = smoothStep(-1.5, 1.5, Math.max(reach - wall, base - floor) + 2 * noise(x, y, z) - 2)
    }
    // The lung's share of a voxel on the edge becomes fluid too, or a dark line of lung would stay round the fluid.
    paintField(grid, { low, high }, { layer: 'lung', hu }, field)
    paintField(grid, { low, high }, brush, field)
  }
}
