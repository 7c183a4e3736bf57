import type { Trunk } from './trunk.ts'

/** A trunk turned so that its median plane is one of columns. */
export interface StraightTrunk extends Trunk {
  /** Column x faces column `fold − x`; x > fold / 2 lies to the Left. */
  readonly fold: number
}

/** Patients lie turned by up to some 20° about their long axis. */
const ANGLES = Array.from({ length: 9 }, (_, n) => ((n - 4) * 5 * Math.PI) / 180)
/** How far the median plane may lie from the middle of the grid, as a part of its width. */
const REACH = 0.25
/** Above contrast medium in veins, below what a cell holds of a vertebra's cortex. */
const BONE_HU = 150
/** A layer of bone weighs as much as this many of body. */
const BONE_WEIGHT = 2

/**
 * Finds the plane in which the trunk's skin and the bones of its back are most symmetric; what fills the chest (heart, effusions) does not
 * count. The cells are turned about the middle of the grid.
 */
export function straighten(trunk: Trunk): StraightTrunk {
  const [nx, ny] = trunk.size
  const shape = projectShape(trunk)
  let best = { cost: Number.POSITIVE_INFINITY, fold: nx - 1, from: toSources(nx, ny, 0) }
  for (const angle of ANGLES) {
    const from = toSources(nx, ny, angle)
    const turned = shape.map((_, at) => shape[from[at]] ?? 0)
    for (let fold = Math.ceil(nx * (1 - 2 * REACH)) - 1; fold <= nx * (1 + 2 * REACH) - 1; fold++) {
      const cost = toAsymmetry(turned, nx, fold)
      if (cost < best.cost) best = { cost, fold, from }
    }
  }
  return turn(trunk, best.from, best.fold)
}

/** Layers of body, and of bone in its back half, over each other, of the layers that hold lung. */
function projectShape({ size: [nx, ny, nz], hu, inside, lung }: Trunk): Float32Array {
  const area = nx * ny
  const shape = new Float32Array(area)
  for (let z = 0; z < nz; z++) {
    const start = z * area
    if (!lung.subarray(start, start + area).includes(1)) continue
    const body = inside.subarray(start, start + area)
    const middle = (body.indexOf(1) + body.lastIndexOf(1)) / 2
    for (let at = 0; at < area; at++) {
      if (!body[at]) continue
      shape[at] += at > middle && hu[start + at] > BONE_HU ? 1 + BONE_WEIGHT : 1
    }
  }
  return shape
}

/** For every cell of the turned layer the cell it is taken from, −1 outside. */
function toSources(nx: number, ny: number, angle: number): Int32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [cx, cy] = [(nx - 1) / 2, (ny - 1) / 2]
  return new Int32Array(nx * ny).map((_, at) => {
    const dx = (at % nx) - cx
    const dy = Math.floor(at / nx) - cy
    const x = Math.round(cx + dx * cos - dy * sin)
    const y = Math.round(cy + dx * sin + dy * cos)
    return x < 0 || y < 0 || x >= nx || y >= ny ? -1 : x + nx * y
  })
}

function toAsymmetry(shape: Float32Array, nx: number, fold: number): number {
  let cost = 0
  for (let row = 0; row < shape.length; row += nx) {
    for (let x = 0; x < nx; x++) {
      const facing = fold - x
      // A pair counts once; a cell that faces none counts in full.
      if (facing < 0 || facing >= nx) cost += shape[row + x]
      else if (facing > x) cost += Math.abs(shape[row + x] - shape[row + facing])
    }
  }
  return cost
}

function turn({ size, hu, inside, lung }: Trunk, from: Int32Array, fold: number): StraightTrunk {
  const turned = { hu: new Float32Array(hu.length), inside: new Uint8Array(hu.length), lung: new Uint8Array(hu.length) }
  const area = from.length
  for (let at = 0; at < hu.length; at++) {
    const source = from[at % area]
    if (source < 0) {
      turned.hu[at] = Number.NaN
      continue
    }
    const cell = at - (at % area) + source
    turned.hu[at] = hu[cell]
    turned.inside[at] = inside[cell]
    turned.lung[at] = lung[cell]
  }
  return { size, ...turned, fold }
}
