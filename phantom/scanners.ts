import type { Vec3, VolumeGeometry } from '../src/domain/volume/volume.ts'
import type { Population } from './findings/populations.ts'
import type { Random } from './random.ts'
import type { RenderOptions } from './render/renderOptions.ts'

/** A scanner with its protocol and reconstruction kernel: what of it shows in the voxels. */
export interface Scanner {
  readonly name: string
  readonly columns: number
  readonly fieldOfViewMm: readonly [low: number, high: number]
  readonly sliceMm: number
  readonly slices: readonly [fewest: number, most: number]
  /** Largest misplacement of the patient along each patient axis, mm. */
  readonly offCentreMm: Vec3
  /** Point spread: width of the edge between two materials, mm. */
  readonly edgeMm: number
  /** Noise deviation relative to the patient's `noiseHu`. */
  readonly noiseGain: number
  /** Weight of a voxel's four neighbours in the noise relative to its own: 0 = white, a sharp kernel's is near it. */
  readonly noiseBlur: number
  /** Thick slices average the patient along z; thin ones sample him. */
  readonly slab: boolean
}

/** 320 × 320 pixels, 335–375 mm, slices of 2.5 mm. */
const INTERNAL_SCANNER: Scanner = {
  name: 'thin slices, standard kernel',
  columns: 320,
  fieldOfViewMm: [335, 375],
  sliceMm: 2.5,
  slices: [118, 130],
  offCentreMm: [5, 5, 5],
  edgeMm: 2,
  noiseGain: 1,
  noiseBlur: 0.45,
  slab: false,
}

const THICK = {
  columns: 256,
  fieldOfViewMm: [380, 430],
  sliceMm: 5,
  slices: [62, 68],
  offCentreMm: [14, 14, 7],
  slab: true,
} as const

/** Kernels and doses no case of the internal population was scanned with. */
const EXTERNAL_SCANNERS: readonly Scanner[] = [
  { ...THICK, name: 'thick slices, soft kernel', edgeMm: 3.2, noiseGain: 0.6, noiseBlur: 0.8 },
  { ...THICK, name: 'thick slices, soft kernel, low dose', edgeMm: 3.2, noiseGain: 1.5, noiseBlur: 0.8 },
  { ...THICK, name: 'thick slices, sharp kernel, low dose', edgeMm: 1.4, noiseGain: 2.2, noiseBlur: 0.1 },
]

export function chooseScanner(population: Population, random: Random): Scanner {
  return population.id === 'external' ? random.pick(EXTERNAL_SCANNERS) : INTERNAL_SCANNER
}

/** The grid a scanner reconstructs: axial slices over the whole chest, identity direction, the patient a little off centre. */
export function createScanGeometry(scanner: Scanner, random: Random): VolumeGeometry {
  const { columns, sliceMm, offCentreMm } = scanner
  const pixelMm = Math.round((random.range(...scanner.fieldOfViewMm) / columns) * 1000) / 1000
  const slices = scanner.slices[0] + random.below(scanner.slices[1] - scanner.slices[0] + 1)
  const halfPlane = ((columns - 1) / 2) * pixelMm
  const halfHeight = ((slices - 1) / 2) * sliceMm
  const shift = (axis: number) => Math.round(random.range(-offCentreMm[axis], offCentreMm[axis]) * 10) / 10
  return {
    size: [columns, columns, slices],
    spacingMm: [pixelMm, pixelMm, sliceMm],
    originLpsMm: [shift(0) - halfPlane, shift(1) + 6 - halfPlane, shift(2) - 2 - halfHeight],
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  }
}

/** As reconstructed on the scanner's own grid. */
export function toScanRendering(scanner: Scanner): RenderOptions {
  const { edgeMm, noiseGain, noiseBlur, slab } = scanner
  return { edgeMm, noiseGain, noiseBlur, slab }
}

/**
 * As the scan looks after resampling to the model's grid: interpolation widens edges and averages noise. Both were measured
 * so that the two paths have the same deviation in uniform tissue.
 */
export function toDirectRendering(scanner: Scanner): RenderOptions {
  const kept = scanner.slab ? 0.8 : 0.6
  return { edgeMm: scanner.edgeMm + 0.8, noiseGain: scanner.noiseGain * kept, noiseBlur: 0, slab: scanner.slab }
}
