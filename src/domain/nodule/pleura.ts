import { addScaled, cross, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import { solveSymmetric } from '../registration/solve.ts'
import type { Vec3 } from '../volume/volume.ts'
import { forNeighbours, type Size } from './cells.ts'

/** The inner surface of the chest wall as it would be without the nodule. */
export interface Pleura {
  /** Of each cell over it, mm, positive in the lung; NaN away from the nodule, where the wall is taken as it is. */
  readonly heightMm: Float32Array
}

export interface PleuraParts {
  readonly soft: Float32Array
  readonly size: Size
  readonly stepMm: number
  readonly thresholdHu: number
  readonly nodule: Uint8Array
  readonly wall: Uint8Array
}

/** A nodule touches the wall from this area on, mm². */
const LEAST_CONTACT_MM2 = 2
/** The surface is read in a ring that begins so far from the contact, and is so wide at least. */
const GAP_MM = 1.5
const RING_MM = 6
const LEAST_POINTS = 60
/** Points farther from the surface are something else: a rib's edge, a vessel. */
const OUTLIER_MM = 1

/**
 * A paraboloid through the wall's surface all around the place where the nodule touches it: height over its plane by least squares of 1, u,
 * v, u², uv, v². Null: it touches none; `unclear`: there is not enough wall around.
 */
export function fitPleura(parts: PleuraParts): Pleura | 'unclear' | null {
  const { size, stepMm, nodule, wall } = parts
  const contact = toContact(nodule, wall, size)
  if (contact.length * stepMm ** 2 < LEAST_CONTACT_MM2) return null
  const points = contact.map((at) => toPoint(at, size, stepMm))
  const middle = toMean(points)
  const reach = Math.max(...points.map((point) => lengthOf(subtract(point, middle))))
  const outer = reach + GAP_MM + Math.max(RING_MM, reach)
  const ring = toSurface(parts).filter((point) => {
    const away = lengthOf(subtract(point, middle))
    return away > reach + GAP_MM && away < outer
  })
  const frame = toFrame(ring, toMean(toPoints(nodule, size, stepMm)))
  if (!frame || ring.length < LEAST_POINTS || !isAround(ring, frame)) return 'unclear'
  const surface = toParaboloid(ring, frame)
  if (!surface) return 'unclear'
  const heightMm = new Float32Array(nodule.length).fill(Number.NaN)
  for (let at = 0; at < heightMm.length; at++) {
    const point = toPoint(at, size, stepMm)
    if (lengthOf(subtract(point, middle)) < outer) heightMm[at] = toHeight(point, frame, surface)
  }
  return { heightMm }
}

const toPoint = (at: number, [nx, ny]: Size, stepMm: number): Vec3 => [
  (at % nx) * stepMm,
  (Math.floor(at / nx) % ny) * stepMm,
  Math.floor(at / (nx * ny)) * stepMm,
]

function toPoints(mask: Uint8Array, size: Size, stepMm: number): Vec3[] {
  const points: Vec3[] = []
  mask.forEach((is, at) => {
    if (is) points.push(toPoint(at, size, stepMm))
  })
  return points
}

const toMean = (points: readonly Vec3[]): Vec3 =>
  points.reduce((sum, point) => addScaled(sum, point, 1 / points.length), [0, 0, 0] as Vec3)

function toContact(nodule: Uint8Array, wall: Uint8Array, size: Size): number[] {
  const found: number[] = []
  for (let at = 0; at < nodule.length; at++) {
    let touches = false
    if (nodule[at])
      forNeighbours(at, size, (next) => {
        touches ||= wall[next] === 1
      })
    if (touches) found.push(at)
  }
  return found
}

/** Where the wall ends in lung: between two cells, as the threshold cuts their HU. */
function toSurface({ soft, size, stepMm, thresholdHu, nodule, wall }: PleuraParts): Vec3[] {
  const points: Vec3[] = []
  for (let at = 0; at < wall.length; at++) {
    if (!wall[at]) continue
    forNeighbours(at, size, (next) => {
      if (soft[next] > thresholdHu || nodule[next]) return
      const share = (soft[at] - thresholdHu) / (soft[at] - soft[next])
      const [a, b] = [toPoint(at, size, stepMm), toPoint(next, size, stepMm)]
      points.push(addScaled(a, subtract(b, a), share))
    })
  }
  return points
}

interface Frame {
  readonly origin: Vec3
  readonly u: Vec3
  readonly v: Vec3
  /** Into the lung. */
  readonly normal: Vec3
}

/** The plane nearest to the points; its normal is what the inverse of their scatter stretches most. */
function toFrame(points: readonly Vec3[], noduleMiddle: Vec3): Frame | null {
  if (points.length < 3) return null
  const origin = toMean(points)
  const scatter = new Float64Array(9)
  for (const point of points) {
    const apart = subtract(point, origin)
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) scatter[3 * a + b] += apart[a] * apart[b]
  }
  for (let a = 0; a < 3; a++) scatter[4 * a] += 1e-3
  let normal = subtract(noduleMiddle, origin)
  for (let n = 0; n < 12; n++) {
    const next = solveSymmetric(scatter, Float64Array.from(normal))
    if (!next) return null
    const longer: Vec3 = [next[0], next[1], next[2]]
    normal = scale(longer, 1 / lengthOf(longer))
  }
  if (dot(normal, subtract(noduleMiddle, origin)) < 0) normal = scale(normal, -1)
  const side: Vec3 = Math.abs(normal[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0]
  const u0 = cross(normal, side)
  const u = scale(u0, 1 / lengthOf(u0))
  return { origin, u, v: cross(normal, u), normal }
}

const DIRECTIONS = 12
/** Of twelve directions, so many must have wall. */
const LEAST_DIRECTIONS = 8

function isAround(ring: readonly Vec3[], { origin, u, v }: Frame): boolean {
  const seen = new Set(
    ring.map((point) => {
      const apart = subtract(point, origin)
      const turn = Math.atan2(dot(apart, v), dot(apart, u)) / (2 * Math.PI) + 0.5
      return Math.min(DIRECTIONS - 1, Math.floor(turn * DIRECTIONS))
    }),
  )
  return seen.size >= LEAST_DIRECTIONS
}

function toTerms(point: Vec3, { origin, u, v }: Frame): number[] {
  const apart = subtract(point, origin)
  const [a, b] = [dot(apart, u), dot(apart, v)]
  return [1, a, b, a * a, a * b, b * b]
}

const toHeight = (point: Vec3, frame: Frame, surface: Float64Array): number =>
  dot(subtract(point, frame.origin), frame.normal) -
  toTerms(point, frame).reduce((sum, term, n) => sum + term * surface[n], 0)

function toParaboloid(ring: readonly Vec3[], frame: Frame): Float64Array | null {
  let surface: Float64Array | null = null
  let points = ring
  for (let n = 0; n < 4; n++) {
    surface = fitSquares(points, frame)
    if (!surface) return null
    const found = surface
    const limit = n === 0 ? 2 * OUTLIER_MM : OUTLIER_MM
    points = ring.filter((point) => Math.abs(toHeight(point, frame, found)) < limit)
    if (points.length < LEAST_POINTS / 2) return null
  }
  return surface
}

function fitSquares(points: readonly Vec3[], frame: Frame): Float64Array | null {
  const normal = new Float64Array(36)
  const right = new Float64Array(6)
  for (const point of points) {
    const terms = toTerms(point, frame)
    const height = dot(subtract(point, frame.origin), frame.normal)
    for (let a = 0; a < 6; a++) {
      right[a] += terms[a] * height
      for (let b = 0; b < 6; b++) normal[6 * a + b] += terms[a] * terms[b]
    }
  }
  return solveSymmetric(normal, right)
}
