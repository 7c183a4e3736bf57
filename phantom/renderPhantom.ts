import type { VolumeGeometry } from '../src/domain/volume/volume.ts'
import { paintAbdomen } from './anatomy/abdomen.ts'
import { paintBones, paintShoulderMuscles } from './anatomy/bones.ts'
import { paintGreatVessels } from './anatomy/greatVessels.ts'
import { paintHeart } from './anatomy/heart.ts'
import { paintCentralAirways, paintLungTrees } from './anatomy/lungDrawing.ts'
import { growLungTrees } from './anatomy/lungTrees.ts'
import { toBit } from './lesions/lesionScene.ts'
import { paintLookAlikes } from './lesions/lookAlikes.ts'
import { toStreakSource } from './lesions/medicalMaterial.ts'
import { EARLY_LESIONS, LATE_LESIONS } from './lesions/paintLesion.ts'
import { findDetails, type PhantomCase } from './phantomCase.ts'
import { createRandom, type Random } from './random.ts'
import { addMotion } from './render/addMotion.ts'
import { paintBody, paintTable } from './render/bodyPass.ts'
import { addMetalStreaks } from './render/metalStreaks.ts'
import { createRenderGrid, type RenderGrid } from './render/renderGrid.ts'
import type { RenderOptions } from './render/renderOptions.ts'
import { addScannerNoise } from './render/scannerNoise.ts'
import { averageLayers, toLayerGeometry } from './render/slabs.ts'
import { createSmoothNoise } from './render/valueNoise.ts'

export interface PhantomRendering {
  /** HU, `i + nx · (j + ny · k)`. */
  readonly hu: Int16Array
  /** Bit f set: the voxel belongs to finding f of `FINDING_IDS`. */
  readonly findingMask: Uint32Array
}

export const LEAVES_PER_LUNG = 850

/** Draws a case on a grid whose axes are the patient's (identity direction). */
export function renderPhantom(
  phantom: PhantomCase,
  geometry: VolumeGeometry,
  options: RenderOptions,
): PhantomRendering {
  const { anatomy, motion } = phantom
  const random = createRandom(phantom.seed).fork('render')
  const drawn = options.slab ? toLayerGeometry(geometry) : geometry
  const layers = createRenderGrid(drawn, anatomy.scale, options.edgeMm)
  paintPatient(layers, phantom, random)
  mixLung(layers)
  if (motion) addMotion(layers, anatomy, motion)
  const grid = options.slab ? averageLayers(layers) : layers
  addDeviceStreaks(grid, phantom, random.fork('streaks'))
  const spec = { deviationHu: anatomy.noiseHu * options.noiseGain, blur: options.noiseBlur }
  addScannerNoise(grid, grid.soft, spec, random.fork('noise'))
  limitToScanner(grid.soft)
  return { hu: grid.soft, findingMask: grid.mask }
}

function paintPatient(grid: RenderGrid, { anatomy, findings }: PhantomCase, random: Random): void {
  const trees = growLungTrees(anatomy, random.fork('trees'), LEAVES_PER_LUNG)
  const paint = (painters: typeof LATE_LESIONS) => {
    for (const [finding, painter] of painters) {
      const details = findDetails(findings, finding)
      if (details) painter({ grid, anatomy, trees, details, random: random.fork(finding) })
    }
  }
  paintBody(grid, anatomy, createSmoothNoise(random.fork('texture'), 22))
  paintTable(grid, 112 + anatomy.fatMm * 0.55 + anatomy.tableGapMm)
  paintShoulderMuscles(grid)
  paintAbdomen(grid, anatomy, random.fork('abdomen'))
  const fluidMm = findDetails(findings, 'pericardial_effusion')?.sizeMm ?? 0
  const large = findDetails(findings, 'cardiomegaly') !== undefined
  paintHeart(grid, anatomy, fluidMm, {
    heart: large ? toBit('cardiomegaly') : undefined,
    fluid: toBit('pericardial_effusion'),
  })
  paint(EARLY_LESIONS)
  paintGreatVessels(grid, anatomy)
  paintCentralAirways(grid)
  paintBones(grid, anatomy)
  paintLungTrees(grid, anatomy, trees)
  paintLookAlikes({ grid, anatomy, trees, random: random.fork('look-alikes') }, findDetails(findings, 'lung_nodule'))
  paint(LATE_LESIONS)
}

function addDeviceStreaks(grid: RenderGrid, phantom: PhantomCase, random: Random): void {
  const device = findDetails(phantom.findings, 'medical_material')
  const source = device && toStreakSource(phantom.anatomy, device)
  if (source) addMetalStreaks(grid, source.center, source.halfHeightMm, source.strengthHu, random)
}

/** Lung and soft tissue share a voxel by `lungShare`. The result stands in `soft`. */
function mixLung(grid: RenderGrid): void {
  const { soft, lung, lungShare } = grid
  for (let at = 0; at < soft.length; at++) {
    const share = lungShare[at]
    if (share === 255) soft[at] = lung[at]
    else if (share > 0) soft[at] += ((lung[at] - soft[at]) * share) / 255
  }
}

/** Scanners store 12 bits: −1024 … 3071 HU. */
function limitToScanner(hu: Int16Array): void {
  for (let at = 0; at < hu.length; at++) hu[at] = hu[at] < -1024 ? -1024 : Math.min(hu[at], 3071)
}
