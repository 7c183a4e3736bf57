import type { PlacedSlice } from './slicePlace.ts'
import { toNormalLps } from './slicePlace.ts'

export interface ChestScore {
  /** > 0; higher is better for reading a chest. */
  readonly score: number
  /** One sentence: what speaks for and against this series. */
  readonly reason: string
}

const CHEST_WORDS = /chest|thora|lung|pulmo|torax|tórax|poumon|lunge|mediast/i
const OTHER_BODY_WORDS = /head|brain|skull|neck|sinus|spine|pelvi|knee|foot|hand|hip|abdom|liver|renal|cardiac|coronar/i
const DERIVED_WORDS = /\b(mip|minip|mpr|vrt?|3d|reformat\w*|scout|topogram|dose|bolus|monitoring|smart ?prep)\b/i
/** Names of lung or bone kernels (GE, Siemens B60+/I60+/Br60+, Philips YA–YC/L, Canon FC50+): noisier than standard ones. */
const SHARP_KERNEL = /lung|bone|edge|sharp|^[BIQ][rlv]?[6-9]\d|^Y[A-D]$|^L$|^FC[58]\d/i

interface Rule {
  readonly points: number
  readonly words: string
}

/** Judges an openable CT series from its headers; every rule adds points and words. */
export function scoreChest(slices: readonly PlacedSlice[], coverageMm: number, spacingMm: number): ChestScore {
  const rules = [
    judgeKind(slices[0]),
    judgeThickness(slices[0].sliceThicknessMm ?? spacingMm),
    judgeCoverage(coverageMm),
    judgeBody(slices[0]),
    judgeKernel(slices[0]),
  ].filter((rule) => rule !== null)
  const score = Math.max(1, 20 + rules.reduce((sum, rule) => sum + rule.points, 0))
  const words = rules.map((rule) => rule.words).filter((text) => text !== '')
  return { score, reason: `CT, ${words.join(', ')}.` }
}

function judgeKind(slice: PlacedSlice): Rule {
  const axial = Math.abs(toNormalLps(slice)?.[2] ?? 0) > 0.9
  const original = slice.imageType[0] === 'ORIGINAL' && slice.imageType[1] === 'PRIMARY'
  const derived = DERIVED_WORDS.test(toDescription(slice))
  const words = `${axial ? 'axial' : 'not axial'}${derived ? ', a reformat or monitoring series by its name' : ''}`
  return { points: (axial ? 20 : -10) + (original ? 10 : 0) + (derived ? -15 : 0), words }
}

function judgeThickness(thicknessMm: number): Rule {
  const points = thicknessMm <= 1.5 ? 15 : thicknessMm <= 3 ? 12 : thicknessMm <= 5 ? 6 : 0
  return { points, words: `${Number(thicknessMm.toFixed(2))} mm slices` }
}

/** An adult chest is 200–450 mm from apex to costophrenic angle; more is chest and abdomen, less is a part of it. */
function judgeCoverage(coverageMm: number): Rule {
  const points = coverageMm >= 200 && coverageMm <= 450 ? 15 : coverageMm > 450 ? 8 : coverageMm >= 100 ? 4 : -5
  return { points, words: `covers ${Math.round(coverageMm)} mm` }
}

function judgeBody(slice: PlacedSlice): Rule {
  const description = toDescription(slice)
  if (CHEST_WORDS.test(description)) return { points: 15, words: 'described as chest' }
  return OTHER_BODY_WORDS.test(description)
    ? { points: -15, words: 'described as another body region' }
    : { points: 0, words: '' }
}

/** Whether a kernel is one for lung or bone, as its header names it. */
export const isSharpKernel = (kernel: string): boolean => SHARP_KERNEL.test(kernel.trim())

function judgeKernel(slice: PlacedSlice): Rule | null {
  if (slice.kernel === '') return null
  const sharp = isSharpKernel(slice.kernel)
  return { points: sharp ? 0 : 5, words: `${sharp ? 'sharp' : 'standard'} kernel ${slice.kernel}` }
}

const toDescription = (slice: PlacedSlice) =>
  [slice.bodyPart, slice.seriesDescription, slice.protocolName, slice.studyDescription].join(' ')
