import type { Vec3 } from '../volume/volume.ts'
import { toAxialAxes } from './axialAxes.ts'
import { distanceTo, median, toMask } from './cells.ts'
import { type CutParts, cutNodule, forBox, isRefusal, type NoduleCut, type Refusal } from './cutNodule.ts'
import { toNoduleBorder } from './noduleBorder.ts'
import { type NoduleCrop, toSliceMm } from './noduleCrop.ts'
import { type NoduleReading, toEquivalentMm } from './noduleReading.ts'
import { type Levels, readHalo, readLevels, toBlurMm, weighNodule } from './weighNodule.ts'
import { blurField, toWorkField, UNKNOWN, type WorkField } from './workField.ts'

/** Cubes that are looked at one after another, until the nodule fits: half a side, step, and the ball that only walls hold. */
const BOXES = [
  { halfMm: 16, stepMm: 0.5, wallRadiusMm: 6.5 },
  { halfMm: 32, stepMm: 0.7, wallRadiusMm: 12 },
  { halfMm: 48, stepMm: 1, wallRadiusMm: 21 },
] as const

/** How much of a scan the crop must hold around the click, mm. */
export const NODULE_REACH_MM = 50
const LUNG_ABOUT_MM = 14
const LEAST_LUNG_MM3 = 2500
/** HU of what counts as lung when it is first looked for, and from which something is dense as soft tissue is. */
const MOST_LUNG_HU = -600
const DENSE_HU = -350
/** A click so near to a nodule means it. */
const NEAR_MM = 2
const LEAST_GLASS_HU = 70
const SOLID_BLUR_MM = 0.6
const GLASS_BLUR_MM = 0.9
const MOST_WALL_CONTACT = 0.62
const MOST_OTHER_CONTACT = 0.35
/** Halo (`readHalo`) of a solid border at most, and how dense it is 1 to 1.75 mm outside, as a share from lung to nodule. */
const MOST_SOLID_HALO = 4.9
const MOST_SOLID_RING = 0.1
/** Slices that a nodule must reach over where its border is faint or touches something. */
const LEAST_SLICES = 2.6
const LEAST_CORE_MM3 = 10
/** Ground glass is read so far from the solid core. */
const CORE_REACH_MM = 1.2

/**
 * The nodule at a place of a scan (LPS mm), or why there is no number. Its border lies where HU are half way between nodule and lung; chest
 * wall and vessels are cut off (`cutNodule`), and volume is a sum of shares (`weighNodule`).
 */
export function measureNodule(crop: NoduleCrop, seedLpsMm: Vec3): NoduleReading | Refusal {
  let answer: NoduleReading | Refusal = { refusal: 'Nothing was measured there.' }
  for (const box of BOXES) {
    answer = measureIn(crop, seedLpsMm, box)
    if (!isRefusal(answer) || !answer.isTooSmallBox) break
  }
  return answer
}

interface Scene {
  readonly field: WorkField
  readonly soft: Float32Array
  readonly seed: number
  readonly sliceMm: number
  readonly wallRadiusMm: number
  readonly lungHu: number
}

function measureIn(crop: NoduleCrop, seedLpsMm: Vec3, box: (typeof BOXES)[number]): NoduleReading | Refusal {
  const field = toWorkField(crop, seedLpsMm, box.halfMm, box.stepMm)
  const seed = (field.hu.length - 1) / 2
  if (field.hu[seed] === UNKNOWN) return { refusal: 'Nothing was measured there.' }
  const soft = blurField(field, SOLID_BLUR_MM)
  const lung: number[] = []
  let peak = UNKNOWN
  forBox(field.size, seed, Math.ceil(LUNG_ABOUT_MM / field.stepMm), (at) => {
    if (soft[at] > -1000 && soft[at] < MOST_LUNG_HU) lung.push(soft[at])
  })
  if (lung.length * field.stepMm ** 3 < LEAST_LUNG_MM3)
    return { refusal: 'There is too little lung around this place: nodules are measured in the lungs.' }
  forBox(field.size, seed, Math.ceil(NEAR_MM / field.stepMm), (at) => {
    peak = Math.max(peak, soft[at])
  })
  const { wallRadiusMm } = box
  const scene = { field, soft, seed, sliceMm: toSliceMm(crop), wallRadiusMm, lungHu: median(lung) }
  return peak > DENSE_HU ? measureDense(scene, peak) : measureGlass(scene)
}

const toCutParts = ({ field, seed, wallRadiusMm }: Scene, soft: Float32Array, thresholdHu: number): CutParts => ({
  soft,
  size: field.size,
  stepMm: field.stepMm,
  start: seed,
  thresholdHu,
  wallRadiusMm,
})

interface Settled {
  readonly cut: NoduleCut
  readonly levels: Levels
}

const ROUNDS = 3
const SETTLED_HU = 20

/** The border lies half way between the HU of both sides, and these are known once it is found: round after round. */
function settle(
  scene: Scene,
  soft: Float32Array,
  first: Levels,
  isOut: ((at: number) => boolean) | null = null,
): Settled | Refusal {
  let levels = first
  for (let round = 1; ; round++) {
    const cut = cutNodule(toCutParts(scene, soft, (levels.inHu + levels.outHu) / 2))
    if (isRefusal(cut)) return cut
    const read = readLevels(scene.field, cut, scene.sliceMm, isOut)
    if (isRefusal(read)) return read
    const moved = Math.abs(read.inHu - levels.inHu) + Math.abs(read.outHu - levels.outHu)
    levels = read
    if (round === ROUNDS || moved < SETTLED_HU) return { cut, levels }
  }
}

/** Too much of the border is not against lung: what is not seen would be made up. */
function whyHidden({ wallContact, otherContact }: NoduleCut): Refusal | null {
  if (wallContact < MOST_WALL_CONTACT && otherContact < MOST_OTHER_CONTACT) return null
  const percent = Math.round(100 * (wallContact + otherContact))
  return {
    refusal: `It touches too much else: ${percent} % of its surface does not lie against lung.`,
    isTooSmallBox: true,
  }
}

/** From a click on something as dense as soft tissue: a solid nodule, or the core of one with ground glass around. */
function measureDense(scene: Scene, peak: number): NoduleReading | Refusal {
  const settled = settle(scene, scene.soft, { inHu: Math.min(peak, 100), outHu: scene.lungHu })
  if (isRefusal(settled)) return settled
  const { cut, levels } = settled
  const halo = readHalo(scene.field, cut, levels)
  // Where glass reaches far, it may be what was taken for the lung around: the wider surroundings tell.
  const ringShare = (halo.ringHu - scene.lungHu) / (levels.inHu - scene.lungHu)
  const hidden = whyHidden(cut)
  if (hidden) return hidden
  if (ringShare > MOST_SOLID_RING) return measureRing(scene, settled, halo.ringHu)
  if (halo.ratio > MOST_SOLID_HALO) return UNCLEAR_KIND
  const volumeMm3 = weighNodule(scene.field, cut, levels, toBlurMm(scene.sliceMm), false)
  if (typeof volumeMm3 !== 'number') return volumeMm3
  return toReading(scene, cut, { kind: 'solid', volumeMm3, coreMm3: null })
}

const UNCLEAR_KIND: Refusal = {
  refusal:
    'Its border is neither sharp nor a rim of ground glass that is wide enough to be measured at this size and spacing.',
}

/** Ground glass around a solid core. */
function measureRing(scene: Scene, core: Settled, ringHu: number): NoduleReading | Refusal {
  const { field, lungHu } = scene
  if (ringHu < lungHu + LEAST_GLASS_HU) return UNCLEAR_KIND
  const isNearCore = (at: number) => core.cut.awayMm[at] < CORE_REACH_MM
  const soft = blurField(field, GLASS_BLUR_MM)
  const settled = settle(scene, soft, { inHu: ringHu, outHu: lungHu }, isNearCore)
  if (isRefusal(settled)) return settled.isTooSmallBox ? settled : UNCLEAR_KIND
  const { cut, levels } = settled
  if (levels.inHu < levels.outHu + LEAST_GLASS_HU) return UNCLEAR_KIND
  const hidden = whyHidden(cut)
  if (hidden) return hidden
  const blurMm = toBlurMm(scene.sliceMm)
  const volumeMm3 = weighNodule(field, cut, levels, blurMm, true)
  const coreCut = cutNodule(toCutParts(scene, scene.soft, (core.levels.inHu + levels.inHu) / 2))
  if (typeof volumeMm3 !== 'number') return volumeMm3
  if (isRefusal(coreCut)) return coreCut
  const coreLevels = { inHu: core.levels.inHu, outHu: levels.inHu }
  const coreMm3 = weighNodule(field, coreCut, coreLevels, Math.min(blurMm, CORE_REACH_MM), true, 0)
  if (typeof coreMm3 !== 'number') return coreMm3
  if (coreMm3 > 0.8 * volumeMm3) return UNCLEAR_KIND
  return toReading(scene, cut, { kind: 'part-solid', volumeMm3, coreMm3 })
}

/** From a click on something denser than lung and less dense than soft tissue. */
function measureGlass(scene: Scene): NoduleReading | Refusal {
  const { field, lungHu } = scene
  const soft = blurField(field, GLASS_BLUR_MM)
  const here = soft[scene.seed]
  if (here < lungHu + LEAST_GLASS_HU) return { refusal: 'Nothing there is denser than the lung around it.' }
  const settled = settle(scene, soft, { inHu: here, outHu: lungHu })
  if (isRefusal(settled)) return settled
  const { cut, levels } = settled
  const core = findCore(scene, cut)
  if (core !== null) {
    // As if the core had been clicked.
    const dense = measureDense({ ...scene, seed: core }, scene.soft[core])
    if (!isRefusal(dense) || dense === UNCLEAR_KIND) return dense
  }
  if (levels.inHu < levels.outHu + LEAST_GLASS_HU) return { refusal: 'It is hardly denser than the lung around it.' }
  const hidden = whyHidden(cut)
  if (hidden) return hidden
  const volumeMm3 = weighNodule(field, cut, levels, toBlurMm(scene.sliceMm), true)
  if (typeof volumeMm3 !== 'number') return volumeMm3
  return toReading(scene, cut, { kind: 'ground glass', volumeMm3, coreMm3: null })
}

/** The middle of what is dense in it; null where that is a vessel's width or less. */
function findCore({ field, soft }: Scene, cut: NoduleCut): number | null {
  const dense = toMask(soft.length, (at) => cut.nodule[at] === 1 && soft[at] > DENSE_HU)
  const count = dense.reduce((sum, is) => sum + is, 0)
  if (count * field.stepMm ** 3 < LEAST_CORE_MM3) return null
  const depth = distanceTo(
    toMask(soft.length, (at) => dense[at] === 0),
    field.size,
  )
  return depth.reduce((best, cells, at) => (cells > depth[best] ? at : best), 0)
}

function toReading(
  { field, sliceMm }: Scene,
  { nodule, wallContact, otherContact }: NoduleCut,
  found: Pick<NoduleReading, 'kind' | 'volumeMm3' | 'coreMm3'>,
): NoduleReading | Refusal {
  const isClear = found.kind === 'solid' && wallContact + otherContact < 0.02
  if (!isClear && toEquivalentMm(found.volumeMm3) < LEAST_SLICES * sliceMm)
    return { refusal: `Too few slices cross it: they lie ${sliceMm.toFixed(1)} mm apart.` }
  const border = toNoduleBorder(field, nodule, found.volumeMm3)
  let [sum, count] = [0, 0]
  for (let at = 0; at < nodule.length; at++) {
    if (!nodule[at]) continue
    sum += field.hu[at]
    count++
  }
  return { ...found, meanHu: sum / count, sliceMm, axes: toAxialAxes(border), border }
}
