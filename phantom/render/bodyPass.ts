import type { AnatomyParameters } from '../anatomy/anatomyParameters.ts'
import { smoothStep } from '../anatomy/knots.ts'
import {
  createTrunkRadii,
  fillTrunkRadii,
  type TrunkRadii,
  toAngleBin,
  toApexZ,
  toDiaphragmZ,
  toHorizontalMm,
  toMedialMm,
  toObliqueMm,
} from '../anatomy/thorax.ts'
import { REGION, type RenderGrid } from './renderGrid.ts'
import type { SmoothNoise } from './valueNoise.ts'

const AIR_HU = -1000
const SKIN_HU = 10
const FAT_HU = -104
const MUSCLE_HU = 52

type PlaneMaps = ReturnType<typeof toPlaneMaps>

/** Fills the whole grid with air, trunk wall, fat of the mediastinum and abdomen, and lung. */
export function paintBody(grid: RenderGrid, anatomy: AnatomyParameters, texture: SmoothNoise): void {
  const plane = toPlaneMaps(grid, anatomy)
  const radii = createTrunkRadii()
  for (let k = 0; k < grid.nz; k++) {
    fillTrunkRadii(anatomy, grid.z0 + k * grid.dz, radii)
    paintTrunkSlice(grid, k, plane, radii, texture)
    paintLungSlice(grid, k, plane, radii, anatomy, texture)
  }
}

/** Air, skin, fat, muscle and the fat inside the cage, from outside to inside. */
function paintTrunkSlice(grid: RenderGrid, k: number, plane: PlaneMaps, radii: TrunkRadii, texture: SmoothNoise): void {
  const perEdge = 1 / grid.edgeMm
  const count = grid.nx * grid.ny
  const z = (grid.z0 + k * grid.dz) * 1.3
  for (let flat = 0; flat < count; flat++) {
    const at = flat + count * k
    const r = plane.radius[flat]
    const bin = plane.bin[flat]
    const skin = (radii.skin[bin] - r) * perEdge + 0.5
    if (skin <= 0) {
      grid.soft[at] = AIR_HU
      continue
    }
    const cavity = (radii.cavity[bin] - r) * perEdge + 0.5
    if (cavity >= 1) {
      grid.soft[at] = FAT_HU
      grid.region[at] = REGION.mediastinum
      continue
    }
    const x = grid.x0 + (flat % grid.nx) * grid.dx
    const y = grid.y0 + Math.floor(flat / grid.nx) * grid.dy
    const grain = texture(x * 2.1, y * 2.1, z)
    let hu = AIR_HU + ramp(skin) * (SKIN_HU - AIR_HU)
    hu += ramp(skin - 2 * perEdge) * (toFatHu(grain, radii.skin[bin] - radii.muscle[bin]) - hu)
    hu += ramp((radii.muscle[bin] - r) * perEdge + 0.5) * (MUSCLE_HU - 38 * ramp(0.9 - 5 * Math.abs(grain + 0.25)) - hu)
    hu += ramp((radii.muscleInner[bin] - r) * perEdge + 0.5) * (FAT_HU - hu)
    hu += ramp((radii.cage[bin] - r) * perEdge + 0.5) * (MUSCLE_HU - 8 - hu)
    hu += ramp(cavity) * (FAT_HU - hu)
    grid.soft[at] = hu
    grid.region[at] = cavity > 0.5 ? REGION.mediastinum : REGION.wall
  }
}

/** Fat with strands; thick fat of a breast holds glandular tissue. */
function toFatHu(grain: number, thickMm: number): number {
  return FAT_HU + (thickMm > 30 ? 90 : 22) * ramp(0.95 - 4 * Math.abs(grain))
}

function paintLungSlice(
  grid: RenderGrid,
  k: number,
  plane: PlaneMaps,
  radii: TrunkRadii,
  anatomy: AnatomyParameters,
  texture: SmoothNoise,
): void {
  const perEdge = 1 / grid.edgeMm
  const z = grid.z0 + k * grid.dz
  for (let j = 0; j < grid.ny; j++) {
    const y = grid.y0 + j * grid.dy
    const medial = toMedialMm(y, z)
    const row = grid.nx * (j + grid.ny * k)
    for (let i = 0; i < grid.nx; i++) {
      const flat = i + grid.nx * j
      const cavity = radii.cavity[plane.bin[flat]] - plane.radius[flat]
      if (cavity * perEdge + 0.5 <= 0) continue
      const x = grid.x0 + i * grid.dx
      const floor = (z - plane.floor[flat]) * 0.75
      const roof = (plane.roof[flat] - z) * 0.75
      const share = ramp(Math.min(cavity, floor, roof, Math.abs(x) - medial) * perEdge + 0.5)
      if (share > 0.5) grid.region[row + i] = x < 0 ? REGION.lungRight : REGION.lungLeft
      else if (floor < 0 && cavity > 0) grid.region[row + i] = REGION.abdomen
      if (share === 0) continue
      grid.lungShare[row + i] = share * 255
      const base = anatomy.lungHu + 0.28 * (y + 10) + 22 * texture(x, y, z)
      grid.lung[row + i] = base + toFissureHu(x, y, z, grid.edgeMm)
    }
  }
}

function ramp(t: number): number {
  return t < 0 ? 0 : Math.min(t, 1)
}

/** Fissures are about half a millimetre thick: faint, and fainter the wider the edge. */
function toFissureHu(x: number, y: number, z: number, edgeMm: number): number {
  const oblique = toObliqueMm(x, y, z)
  let near = oblique < 0 ? -oblique : oblique
  if (x < 0 && oblique > 0) near = Math.min(near, Math.abs(toHorizontalMm(x, y, z)))
  return near < edgeMm ? (1 - near / edgeMm) * (260 / edgeMm) : 0
}

function toPlaneMaps(grid: RenderGrid, anatomy: AnatomyParameters) {
  const count = grid.nx * grid.ny
  const maps = {
    bin: new Uint16Array(count),
    radius: new Float32Array(count),
    floor: new Float32Array(count),
    roof: new Float32Array(count),
  }
  for (let j = 0; j < grid.ny; j++) {
    for (let i = 0; i < grid.nx; i++) {
      const x = grid.x0 + i * grid.dx
      const y = grid.y0 + j * grid.dy
      const flat = i + grid.nx * j
      maps.bin[flat] = toAngleBin(x, y)
      maps.radius[flat] = Math.sqrt(x * x + y * y)
      maps.floor[flat] = toDiaphragmZ(anatomy, x, y)
      maps.roof[flat] = toApexZ(anatomy, x, y)
    }
  }
  return maps
}

/** The scanner's table: a shallow carbon shell with foam, `tableY` below the back. */
export function paintTable(grid: RenderGrid, tableY: number): void {
  for (let j = 0; j < grid.ny; j++) {
    const y = grid.y0 + j * grid.dy
    if (y < tableY - 24 || y > tableY + 45) continue
    for (let i = 0; i < grid.nx; i++) {
      const x = grid.x0 + i * grid.dx
      if (Math.abs(x) > 208) continue
      const depth = y - (tableY - (x * x) / 1900)
      const bottom = tableY + 34 - (x * x) / 2600 - y
      const shell = Math.max(1 - Math.abs(depth - 1.5) / 2, 1 - Math.abs(bottom - 1.5) / 2)
      const hu = shell > 0 ? AIR_HU + 720 * smoothStep(0, 0.7, shell) : depth > 0 && bottom > 0 ? -945 : AIR_HU
      if (hu === AIR_HU) continue
      for (let k = 0; k < grid.nz; k++) {
        const at = i + grid.nx * (j + grid.ny * k)
        if (grid.soft[at] < hu) grid.soft[at] = hu
      }
    }
  }
}
