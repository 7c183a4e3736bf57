import type { Random } from '../random.ts'
import { type Brush, toRegionBits } from '../render/brush.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION, type RenderGrid } from '../render/renderGrid.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'

const BELOW = toRegionBits(REGION.abdomen)

/** Liver, spleen, stomach with its gas, bowel and kidneys; all end at the diaphragm. */
export function paintAbdomen(grid: RenderGrid, anatomy: AnatomyParameters, random: Random): void {
  const organ = (hu: number): Brush => ({ layer: 'soft', hu, onlyRegions: BELOW })
  const right = anatomy.domeRightMm
  const left = anatomy.domeLeftMm
  const liver = organ(anatomy.liverHu)
  paintEllipsoid(grid, { center: [-62, -4, right - 78], radii: [76, 82, 84] }, liver)
  paintEllipsoid(grid, { center: [-10, -42, right - 62], radii: [70, 44, 50] }, liver)
  paintLiverVessels(grid, anatomy, random)
  const enhanced = Math.max(anatomy.venousHu, 0)
  paintStomach(grid, anatomy, random)
  paintEllipsoid(grid, { center: [92, 42, left - 44], radii: [36, 40, 48] }, organ(48 + 0.5 * enhanced))
  for (const side of [1, -1]) {
    paintEllipsoid(grid, { center: [side * 58, 50, left - 92], radii: [26, 24, 46] }, organ(34 + 0.9 * enhanced))
    paintEllipsoid(grid, { center: [side * 50, 48, left - 92], radii: [10, 10, 28] }, organ(-90))
  }
  if (random.chance(0.6)) paintColonGas(grid, random, left)
}

function paintLiverVessels(grid: RenderGrid, anatomy: AnatomyParameters, random: Random): void {
  const hu = anatomy.liverHu + (anatomy.venousHu > 20 ? 45 : -16)
  for (let n = 0; n < 9; n++) {
    const center = [
      -62 + random.range(-42, 48),
      random.range(-42, 40),
      anatomy.domeRightMm - random.range(26, 90),
    ] as const
    paintEllipsoid(
      grid,
      { center, radii: [random.range(4, 16), random.range(4, 14), random.range(4, 8)] },
      { layer: 'soft', hu, onlyRegions: BELOW, opacity: 0.8 },
    )
  }
}

function paintStomach(grid: RenderGrid, anatomy: AnatomyParameters, random: Random): void {
  const left = anatomy.domeLeftMm
  const content = random.range(10, 55)
  paintEllipsoid(
    grid,
    { center: [52, -8, left - 44], radii: [46, 52, 44] },
    { layer: 'soft', hu: 45, onlyRegions: BELOW },
  )
  paintEllipsoid(
    grid,
    { center: [52, -8, left - 44], radii: [42, 48, 40] },
    { layer: 'soft', hu: content, onlyRegions: BELOW },
  )
  const gas = anatomy.gastricGasMm
  paintEllipsoid(
    grid,
    { center: [52, -34, left - 34], radii: [gas * 1.3, gas * 0.7, gas] },
    { layer: 'soft', hu: -960, onlyRegions: BELOW },
  )
}

function paintColonGas(grid: RenderGrid, random: Random, left: number): void {
  const wall: Brush = { layer: 'soft', hu: 40, onlyRegions: BELOW }
  for (let n = 0; n < 3; n++) {
    const center = [random.range(70, 108), random.range(-45, 0), left - random.range(45, 80)] as const
    const r = random.range(10, 17)
    paintEllipsoid(grid, { center, radii: [r + 3, r + 3, r + 3] }, wall)
    paintEllipsoid(grid, { center, radii: [r, r, r] }, { ...wall, hu: random.chance(0.7) ? -930 : -200 })
  }
}
