import type { Vec3 } from '../volume/volume.ts'
import { connectedTo, countOf, distanceTo, forNeighbours, type Size, toMask } from './cells.ts'
import { fitPleura } from './pleura.ts'

/** Why there is no number: a person reads the sentence. */
export type Refusal = { readonly refusal: string; readonly isTooSmallBox?: true }

export const isRefusal = <T extends object>(answer: T | Refusal): answer is Refusal => 'refusal' in answer

/** A nodule cut from vessels and chest wall, in cells. */
export interface NoduleCut {
  readonly nodule: Uint8Array
  /** Distance of each cell from the nodule, and from dense tissue that is not the nodule, mm. */
  readonly awayMm: Float32Array
  readonly otherMm: Float32Array
  /** How deep a cell lies in dense tissue: its distance from air, mm. */
  readonly depthMm: Float32Array
  /** Share of each cell that lies on the lung's side of the pleura; null where the nodule touches no wall. */
  readonly lungShare: Float32Array | null
  /** Radius of the largest ball in it, and where that lies. */
  readonly radiusMm: number
  readonly center: number
  /** Shares of its surface that lie against chest wall, and against vessels or other dense tissue. */
  readonly wallContact: number
  readonly otherContact: number
}

export interface CutParts {
  /** Blurred a little, so that noise makes no border. */
  readonly soft: Float32Array
  readonly size: Size
  readonly stepMm: number
  /** Where the click was. */
  readonly start: number
  readonly thresholdHu: number
  /** What holds a ball of this radius is wall, mediastinum or diaphragm. */
  readonly wallRadiusMm: number
}

/** Vessels narrower than this share of the largest ball are cut off. */
const OPENING_SHARE = 0.5
const WALL_GIVES = 1.6
/** A larger one would be taken for wall in parts. */
const MOST_OF_BOX = 0.95
const LEAST_RADIUS_MM = 1.2
/** What is dense and as far from the nodule is something else; nearer it is a corner that the opening took off. */
const APART_MM = 0.8
const APART_CELLS = 1.6
/** A tube or a branching vessel holds many times the ball that fits in it; an egg of twice its width twice. */
const MOST_BALLS = 5

export function cutNodule(parts: CutParts): NoduleCut | Refusal {
  const { soft, size, stepMm, thresholdHu } = parts
  const dense = toMask(soft.length, (at) => soft[at] > thresholdHu)
  const air = toMask(soft.length, (at) => dense[at] === 0)
  const depthMm = distanceTo(air, size).map((cells) => Math.max(0, cells - 0.5) * stepMm)
  const wall = toWall(dense, depthMm, parts)
  const first = openAbout(parts, dense, wall, depthMm)
  if (isRefusal(first)) return first
  const pleura = fitPleura({ ...parts, nodule: first.nodule, wall })
  if (pleura === 'unclear')
    return { refusal: 'It lies against the pleura where that is too curved to tell the nodule from the chest wall.' }
  if (pleura === null) return finish(parts, dense, depthMm, first, null)
  const ownWall = toMask(soft.length, (at) => {
    const height = pleura.heightMm[at]
    return dense[at] === 1 && (Number.isNaN(height) ? wall[at] === 1 : height <= 0)
  })
  const second = openAbout(parts, dense, ownWall, depthMm)
  if (isRefusal(second)) return second
  const lungShare = pleura.heightMm.map((mm, at) =>
    Number.isNaN(mm) ? 1 - ownWall[at] : Math.min(1, Math.max(0, mm / stepMm + 0.5)),
  )
  return finish(parts, dense, depthMm, second, lungShare)
}

function toWall(dense: Uint8Array, depthMm: Float32Array, { size, stepMm, wallRadiusMm }: CutParts): Uint8Array {
  const inner = toMask(dense.length, (at) => dense[at] === 1 && depthMm[at] >= wallRadiusMm)
  if (countOf(inner) === 0) return inner
  const from = distanceTo(inner, size)
  return toMask(dense.length, (at) => dense[at] === 1 && from[at] * stepMm <= wallRadiusMm)
}

interface Opened {
  readonly nodule: Uint8Array
  readonly center: number
  readonly radiusMm: number
}

const NOT_A_NODULE = 'There is no nodule under the pointer: what is there is thin, like a vessel.'

/** The roundish part that the click lies in, without what is narrow. */
function openAbout(parts: CutParts, dense: Uint8Array, wall: Uint8Array, depthMm: Float32Array): Opened | Refusal {
  const { size, stepMm, start } = parts
  const free = toMask(dense.length, (at) => dense[at] === 1 && wall[at] === 0)
  const from = nearestTo(free, size, start, 2 / stepMm)
  const nearest = nearestTo(dense, size, start, 2 / stepMm)
  if (from === null || (nearest !== null && wall[nearest]))
    return { refusal: 'It is wall, mediastinum or diaphragm, or larger than 40 mm.', isTooSmallBox: true }
  const piece = connectedTo(free, size, from)
  const toWallMm = distanceTo(wall, size)
  // On a wall the ball lies between wall and air, a little sunk into the wall.
  const roomMm = depthMm.map((mm, at) => Math.min(mm, WALL_GIVES * toWallMm[at] * stepMm))
  const center = climb(piece, roomMm, size, stepMm, from)
  const radiusMm = roomMm[center]
  if (radiusMm < LEAST_RADIUS_MM) return { refusal: NOT_A_NODULE }
  const openingMm = Math.max(0.8, OPENING_SHARE * radiusMm)
  const deep = toMask(dense.length, (at) => piece[at] === 1 && depthMm[at] >= openingMm)
  const core = connectedTo(deep, size, center)
  const away = distanceTo(core, size)
  const nodule = toMask(dense.length, (at) => piece[at] === 1 && away[at] * stepMm <= openingMm)
  const balls = (countOf(nodule) * stepMm ** 3) / ((4 / 3) * Math.PI * radiusMm ** 3)
  if (touchesBorder(nodule, size))
    return { refusal: 'It is larger than 40 mm, or hangs together with what is.', isTooSmallBox: true }
  if (radiusMm > MOST_OF_BOX * parts.wallRadiusMm) return { refusal: 'It is larger than 40 mm.', isTooSmallBox: true }
  if (balls > MOST_BALLS) return { refusal: 'It is long or branched like a vessel, not a nodule.' }
  return { nodule, center, radiusMm }
}

function toCellDistance(a: number, b: number, [nx, ny]: Size): number {
  const [i, j, k] = [a % nx, Math.floor(a / nx) % ny, Math.floor(a / (nx * ny))]
  return Math.hypot(i - (b % nx), j - (Math.floor(b / nx) % ny), k - Math.floor(b / (nx * ny)))
}

/** The marked cell nearest to a place, within so many cells. */
function nearestTo(mask: Uint8Array, size: Size, place: number, within: number): number | null {
  let best: number | null = null
  let nearest = within
  forBox(size, place, Math.ceil(within), (at) => {
    if (!mask[at]) return
    const away = toCellDistance(at, place, size)
    if (away > nearest) return
    nearest = away
    best = at
  })
  return best
}

/** Cells of a cube about a place. */
export function forBox([nx, ny, nz]: Size, place: number, reach: number, visit: (at: number) => void): void {
  const [i, j, k] = [place % nx, Math.floor(place / nx) % ny, Math.floor(place / (nx * ny))]
  const range = (n: number, count: number): Vec3 => [Math.max(0, n - reach), Math.min(count - 1, n + reach), 0]
  const [x, y, z] = [range(i, nx), range(j, ny), range(k, nz)]
  for (let c = z[0]; c <= z[1]; c++)
    for (let b = y[0]; b <= y[1]; b++) for (let a = x[0]; a <= x[1]; a++) visit(a + nx * (b + ny * c))
}

/** From ball to larger ball within its reach: to the middle of what was clicked. */
function climb(piece: Uint8Array, depthMm: Float32Array, size: Size, stepMm: number, from: number): number {
  let at = from
  for (;;) {
    let best = at
    const reach = Math.max(2, Math.ceil(depthMm[at] / stepMm))
    forBox(size, at, reach, (next) => {
      if (piece[next] && depthMm[next] > depthMm[best] && toCellDistance(at, next, size) <= reach) best = next
    })
    if (best === at) return at
    at = best
  }
}

function touchesBorder(mask: Uint8Array, [nx, ny, nz]: Size): boolean {
  return mask.some((is, at) => {
    if (!is) return false
    const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
    return i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1
  })
}

function finish(
  { size, stepMm }: CutParts,
  dense: Uint8Array,
  depthMm: Float32Array,
  { nodule, center, radiusMm }: Opened,
  lungShare: Float32Array | null,
): NoduleCut {
  const apartMm = Math.max(APART_MM, APART_CELLS * stepMm)
  const awayMm = distanceTo(nodule, size).map((cells) => cells * stepMm)
  const other = toMask(dense.length, (at) => dense[at] === 1 && awayMm[at] >= apartMm)
  const otherMm = distanceTo(other, size).map((cells) => cells * stepMm)
  const contacts = toContacts(
    nodule,
    dense,
    otherMm.map((mm) => mm / apartMm),
    lungShare,
    size,
  )
  return { nodule, awayMm, otherMm, depthMm, lungShare, radiusMm, center, ...contacts }
}

/** Faces of the nodule against dense tissue that leads on, of all its faces. `otherFar`: how far that is, by how far it lies at least. */
function toContacts(
  nodule: Uint8Array,
  dense: Uint8Array,
  otherFar: Float32Array,
  lungShare: Float32Array | null,
  size: Size,
): Pick<NoduleCut, 'wallContact' | 'otherContact'> {
  let [all, walls, others] = [0, 0, 0]
  for (let at = 0; at < nodule.length; at++) {
    if (!nodule[at]) continue
    forNeighbours(at, size, (next) => {
      if (nodule[next]) return
      all++
      if (lungShare && lungShare[next] < 0.6) walls++
      else if (dense[next] && otherFar[next] < 2) others++
    })
  }
  return { wallContact: walls / Math.max(1, all), otherContact: others / Math.max(1, all) }
}
