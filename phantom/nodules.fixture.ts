import { addScaled, dot, lengthOf, scale, subtract } from '../src/domain/geometry/vector.ts'
import type { Vec3, Volume, VolumeGeometry } from '../src/domain/volume/volume.ts'
import { growLungTrees } from './anatomy/lungTrees.ts'
import { toLungDepth } from './anatomy/thorax.ts'
import { createPhantomCase, type PhantomCase } from './phantomCase.ts'
import { createRandom, type Random } from './random.ts'
import { blurAsScanner, FINE_MM } from './render/blurAsScanner.fixture.ts'
import { createRenderGrid } from './render/renderGrid.ts'
import { addScannerNoise } from './render/scannerNoise.ts'
import { LEAVES_PER_LUNG, renderPhantom } from './renderPhantom.ts'
import { toPhantomSeed } from './splits.ts'

export const NODULE_KINDS = ['isolated', 'oval', 'vessel', 'pleura', 'ground glass', 'part-solid'] as const
export type NoduleKind = (typeof NODULE_KINDS)[number]

export interface NoduleSpec {
  readonly kind: NoduleKind
  /** Of the sphere; of an oval the sphere of the same volume. */
  readonly diameterMm: number
  readonly spacingMm: Vec3
  /** Another number is another patient, place and noise. */
  readonly number: number
  /** How far the picture reaches to each side, mm; 46 where it is missing. */
  readonly halfMm?: number
}

/** A nodule of known size in a phantom's lung, with vessels and noise, as a scanner shows it. */
export interface MadeNodule {
  readonly volume: Volume
  /** What of it lies in the lung. */
  readonly volumeMm3: number
  /** Of a part-solid one its solid core, else 0. */
  readonly coreMm3: number
  /** Ten places in it where a person could click. */
  readonly seedsLpsMm: readonly Vec3[]
}

const SEEDS = 10
const PLACES = 3000

/** Whether a point lies in it. */
type Body = (point: Vec3) => boolean

interface Part {
  readonly holds: Body
  readonly hu: number
}

interface Scene {
  readonly center: Vec3
  readonly reachMm: number
  /** Later ones cover earlier ones. */
  readonly parts: readonly Part[]
  readonly nodule: Body
  readonly core: Body | null
}

interface Place {
  readonly phantom: PhantomCase
  readonly center: Vec3
}

const places = new Map<string, Place>()
const pictures = new Map<string, Int16Array>()

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}

/** Deterministic: the same for the same spec. Pictures of a place without nodule are drawn once. */
export function makeNodule(spec: NoduleSpec): MadeNodule {
  const where = spec.kind === 'pleura' ? 'pleura' : 'inside'
  const { phantom, center: place } = remember(places, `${where} ${spec.number}`, () => choosePlace(where, spec.number))
  const name = [spec.kind, spec.diameterMm, ...spec.spacingMm, spec.number].join(' ')
  const random = createRandom(phantom.seed).fork(name)
  const center =
    where === 'inside'
      ? addScaled(place, toDirection(random), 0.8)
      : sinkIntoWall(phantom, place, spec.diameterMm / 2, random)
  const geometry = toGeometry(place, spec)
  const empty = remember(
    pictures,
    `${where} ${spec.number} ${spec.spacingMm} ${spec.halfMm}`,
    () =>
      // The edges of a whole voxel are those of the slice; the patient's own are drawn narrow.
      renderPhantom(phantom, geometry, { edgeMm: 1.3, noiseGain: 0, noiseBlur: 0, slab: true }).hu,
  )
  const hu = empty.slice()
  const scene = toScene(center, spec, random)
  const isLung = (point: Vec3) => toDepthMm(phantom, point) > 0
  const measured = paint(hu, geometry, scene, isLung)
  addNoise(hu, geometry, phantom, spec, random)
  const seedsLpsMm = toSeeds(scene, isLung, spec, random)
  return { volume: { ...geometry, id: `nodule ${name}`, hu, missing: [] }, ...measured, seedsLpsMm }
}

function toDepthMm({ anatomy }: PhantomCase, [x, y, z]: Vec3): number {
  const [sx, sy, sz] = anatomy.scale
  return toLungDepth(anatomy, x / sx, y / sy, z / sz) * Math.min(sx, sy, sz)
}

/** Of many places in a patient's lungs the one farthest from vessels, or one at the ribs. */
function choosePlace(where: 'pleura' | 'inside', number: number): Place {
  const phantom: PhantomCase = { ...createPhantomCase(toPhantomSeed('internal', 40 + number)), findings: [] }
  const random = createRandom(phantom.seed).fork(`place ${where}`)
  const draw = (): Vec3 => [random.range(-130, 130), random.range(-85, 85), random.range(-50, 80)]
  if (where === 'pleura')
    for (;;) {
      const center = draw()
      if (Math.abs(toDepthMm(phantom, center)) < 0.3 && isAtRibs(phantom, center)) return { phantom, center }
    }
  const { arteries, veins, airways } = growLungTrees(
    phantom.anatomy,
    createRandom(phantom.seed).fork('render').fork('trees'),
    LEAVES_PER_LUNG,
  )
  const branches = [...arteries, ...veins, ...airways]
  let best: { center: Vec3; room: number } = { center: [0, 0, 0], room: 0 }
  for (let n = 0; n < PLACES; n++) {
    const center = draw()
    if (toDepthMm(phantom, center) < 22) continue
    const nominal = center.map((mm, axis) => mm / phantom.anatomy.scale[axis]) as unknown as Vec3
    const room = Math.min(...branches.map((branch) => toLineDistance(nominal, branch.from, branch.to) - branch.r0))
    if (room > best.room) best = { center, room }
  }
  return { phantom, center: best.center }
}

/** Deeper or less deep into the lung, so that the nodule sits on the wall by more or less than half. */
function sinkIntoWall(phantom: PhantomCase, place: Vec3, radius: number, random: Random): Vec3 {
  const inward = scale([place[0], place[1], 0], -1 / Math.hypot(place[0], place[1]))
  const wanted = radius * random.range(0.2, 0.7)
  let center = place
  while (toDepthMm(phantom, center) < wanted) center = addScaled(center, inward, 0.1)
  return center
}

/** The pleura there is that of the ribs, not that of mediastinum or diaphragm. */
const isAtRibs = (phantom: PhantomCase, point: Vec3): boolean => {
  const outward = scale([point[0], point[1], 0], 3 / Math.hypot(point[0], point[1]))
  return toDepthMm(phantom, addScaled(point, outward, 1)) < toDepthMm(phantom, point) - 2
}

const HALF_MM = 46

function toGeometry(center: Vec3, { spacingMm, halfMm = HALF_MM }: NoduleSpec): VolumeGeometry {
  const size = spacingMm.map((mm) => 2 * Math.ceil(halfMm / mm) + 1) as unknown as Vec3
  const originLpsMm = center.map((mm, n) => mm - ((size[n] - 1) / 2) * spacingMm[n] + 0.1) as unknown as Vec3
  const directionLps = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const
  return { size, spacingMm, originLpsMm, directionLps }
}

const toDirection = (random: Random): Vec3 => {
  const vector: Vec3 = [random.normal(), random.normal(), random.normal()]
  return scale(vector, 1 / (lengthOf(vector) || 1))
}

const sphere =
  (center: Vec3, radius: number): Body =>
  (point) =>
    lengthOf(subtract(point, center)) <= radius

/** Half-axes 1.35, 1 and 0.74 of the radius. */
function ellipsoid(center: Vec3, radius: number, random: Random): Body {
  const a = toDirection(random)
  const across = toDirection(random)
  const b0 = addScaled(across, a, -dot(a, across))
  const b = scale(b0, 1 / lengthOf(b0))
  return (point) => {
    const apart = subtract(point, center)
    const [u, v] = [dot(apart, a), dot(apart, b)]
    const w2 = Math.max(0, dot(apart, apart) - u * u - v * v)
    return (u / 1.35) ** 2 + v ** 2 + w2 / 0.74 ** 2 <= radius ** 2
  }
}

function toLineDistance(point: Vec3, from: Vec3, to: Vec3): number {
  const line = subtract(to, from)
  const at = Math.min(1, Math.max(0, dot(subtract(point, from), line) / (dot(line, line) || 1)))
  return lengthOf(subtract(point, addScaled(from, line, at)))
}

const tube =
  (from: Vec3, to: Vec3, radius: number): Body =>
  (point) =>
    toLineDistance(point, from, to) <= radius

function toScene(center: Vec3, { kind, diameterMm }: NoduleSpec, random: Random): Scene {
  const radius = diameterMm / 2
  const reachMm = radius * 1.4 + 3
  const solidHu = random.range(10, 70)
  const round = sphere(center, radius)
  const nodule = kind === 'oval' ? ellipsoid(center, radius, random) : round
  if (kind === 'ground glass')
    return { center, reachMm, nodule, core: null, parts: [{ holds: nodule, hu: random.range(-680, -540) }] }
  if (kind === 'part-solid') {
    const core = sphere(addScaled(center, toDirection(random), radius * 0.15), radius * 0.5)
    const parts = [
      { holds: nodule, hu: random.range(-680, -540) },
      { holds: core, hu: solidHu },
    ]
    return { center, reachMm, nodule, core, parts }
  }
  const parts = [{ holds: nodule, hu: solidHu }]
  if (kind !== 'vessel') return { center, reachMm, nodule, core: null, parts }
  // A vessel that leads to the nodule, and in half of them on beyond it.
  const along = toDirection(random)
  const width = Math.min(2, Math.max(0.8, radius * random.range(0.2, 0.34)))
  const far = addScaled(center, along, radius + 8)
  const near = addScaled(center, along, random.chance(0.5) ? -(radius + 7) : 0)
  const vessel = { holds: tube(near, far, width), hu: solidHu + random.range(-15, 15) }
  return { center, reachMm: radius + 10, nodule, core: null, parts: [vessel, ...parts] }
}

/** Lays the parts into the picture, blurred as the scanner blurs; gives what of nodule and core lies in the lung, mm³. */
function paint(hu: Int16Array, geometry: VolumeGeometry, scene: Scene, isLung: Body) {
  const across = geometry.spacingMm[2]
  const side = 2 * Math.ceil((scene.reachMm + across) / FINE_MM) + 1
  const low = scene.center.map((mm) => mm - ((side - 1) / 2) * FINE_MM) as unknown as Vec3
  const count = side ** 3
  const covers = scene.parts.map(() => new Float32Array(count))
  let [volume, core] = [0, 0]
  for (let at = 0; at < count; at++) {
    const [i, j, k] = [at % side, Math.floor(at / side) % side, Math.floor(at / side ** 2)]
    const point: Vec3 = [low[0] + i * FINE_MM, low[1] + j * FINE_MM, low[2] + k * FINE_MM]
    const top = scene.parts.findLastIndex(({ holds }) => holds(point))
    if (top >= 0) covers[top][at] = 1
    if (scene.nodule(point) && isLung(point)) volume++
    if (scene.core?.(point)) core++
  }
  for (const cover of covers) blurAsScanner(cover, side, across)
  lay(hu, geometry, low, side, covers, scene.parts)
  return { volumeMm3: volume * FINE_MM ** 3, coreMm3: core * FINE_MM ** 3 }
}

function lay(
  hu: Int16Array,
  { size, spacingMm, originLpsMm }: VolumeGeometry,
  low: Vec3,
  side: number,
  covers: readonly Float32Array[],
  parts: readonly Part[],
): void {
  for (let at = 0; at < hu.length; at++) {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    const [i, j, k] = index.map((n, axis) =>
      Math.round((originLpsMm[axis] + n * spacingMm[axis] - low[axis]) / FINE_MM),
    )
    if (i < 0 || j < 0 || k < 0 || i >= side || j >= side || k >= side) continue
    const fine = i + side * (j + side * k)
    let [sum, rest] = [0, 1]
    covers.forEach((cover, n) => {
      sum += cover[fine] * parts[n].hu
      rest -= cover[fine]
    })
    hu[at] = Math.round(sum + rest * hu[at])
  }
}

/** Noise of a scan of 2.5 mm, more in thinner slices. */
function addNoise(
  hu: Int16Array,
  geometry: VolumeGeometry,
  { anatomy }: PhantomCase,
  spec: NoduleSpec,
  random: Random,
) {
  const gain = Math.sqrt(2.5 / spec.spacingMm[2])
  const grid = createRenderGrid({ ...geometry, size: [...geometry.size] as unknown as Vec3 }, anatomy.scale, 1)
  addScannerNoise(grid, hu, { deviationHu: anatomy.noiseHu * gain, blur: 0.45 }, random.fork('noise'))
}

/** Spread over what a person would call the inside: within seven tenths of the radius, of a flat one less. */
function toSeeds(scene: Scene, isLung: Body, { kind, diameterMm }: NoduleSpec, random: Random): Vec3[] {
  const reach = (diameterMm / 2) * (kind === 'oval' ? 0.5 : 0.7)
  const seeds: Vec3[] = []
  while (seeds.length < SEEDS) {
    const point = addScaled(scene.center, toDirection(random), reach * Math.cbrt(random.next()))
    if (isLung(point)) seeds.push(point)
  }
  return seeds
}
