import { paintAirway } from '../anatomy/lungDrawing.ts'
import type { Branch } from '../anatomy/lungTrees.ts'
import { toLungDepth } from '../anatomy/thorax.ts'
import { paintCapsule } from '../render/paintCapsule.ts'
import { bySeverity, type LesionScene, LUNG_REGIONS, markCapsule, toLobeSet } from './lesionScene.ts'

/** Thick bronchial walls with a cuff of oedema, in the lobes named. */
export function paintPeribronchialThickening(scene: LesionScene): void {
  const { details, grid } = scene
  const lobes = toLobeSet(details)
  const thick = bySeverity(details, 1.6, 2.6, 3.6)
  const branches = scene.trees.airways.filter((branch) => lobes.has(branch.lobe) && branch.generation >= 1)
  for (const branch of branches) {
    const cuff = { ...branch, r0: branch.r0 + thick + 4, r1: branch.r1 + thick + 4 }
    paintCapsule(grid, cuff, { layer: 'lung', hu: -420, mode: 'max', opacity: 0.6 })
    markCapsule(scene, cuff, 0, LUNG_REGIONS)
  }
  for (const branch of branches) paintAirway(grid, branch, thick, 0.95)
}

/** Wide, thick-walled bronchi that reach the outer lung; severe ones end in clusters of cysts. */
export function paintBronchiectasis(scene: LesionScene): void {
  const { details, grid, random, anatomy } = scene
  const lobes = toLobeSet(details)
  const widen = bySeverity(details, 1.9, 2.4, 3)
  const inLobes = (branch: Branch) => lobes.has(branch.lobe)
  const tubes = scene.trees.airways.filter((branch) => inLobes(branch) && branch.generation >= 2)
  const outer = scene.trees.arteries.filter(
    (branch) =>
      inLobes(branch) && branch.generation >= 5 && branch.leaves >= 3 && toLungDepth(anatomy, ...branch.to) > 6,
  )
  const wide = [
    ...tubes.map((branch) => toWide(branch, widen, 3)),
    ...random
      .shuffle(outer)
      .slice(0, bySeverity(details, 14, 30, 55))
      .map((branch) => toWide(branch, widen * 1.5, 2.8)),
  ]
  for (const branch of wide) {
    paintCapsule(
      grid,
      { ...branch, r0: branch.r0 + 4, r1: branch.r1 + 4 },
      { layer: 'lung', hu: -560, mode: 'max', opacity: 0.45 },
    )
    markCapsule(scene, branch, 2.5, LUNG_REGIONS)
  }
  for (const branch of wide)
    paintCapsule(grid, { ...branch, r0: branch.r0 + 1.7, r1: branch.r1 + 1.7 }, { layer: 'lung', hu: 25, mode: 'max' })
  for (const branch of wide) paintCapsule(grid, branch, { layer: 'lung', hu: -985, mode: 'min' })
}

function toWide(branch: Branch, widen: number, leastMm: number): Branch {
  const r0 = Math.min(Math.max(branch.r0 * widen, leastMm), 7.5)
  return { ...branch, r0, r1: Math.min(Math.max(branch.r1 * widen, leastMm * 1.1), r0 * 1.1) }
}
