import type { Chest } from './chest.ts'

/** What lies under the lungs and beside the median plane says of the sides; −1…1, 1 where it lies as usual. */
export interface BelowLungs {
  /** Liver: more firm, even tissue to the Right. */
  readonly liver: number
  /** How much of such tissue there is to compare, 0…1. */
  readonly liverSeen: number
  /** Gas under the diaphragm, of stomach and splenic flexure: to the Left. */
  readonly gas: number
}

/** Excess of the right over the whole from which on the liver is sure. */
const SURE_LIVER = 0.4
/** Firm tissue beside the middle, of width³: half of what a scan to below the domes holds. Less says less. */
const ENOUGH_LIVER = 0.004
/** The same for gas: some 10 ml. */
const ENOUGH_GAS = 0.0003
/** Distance from the median plane, of width: out of the heart and of what lies in the middle. */
const BESIDE_LIVER = 0.18
const BESIDE_GAS = 0.05
/** How far below the lungs organs are looked at, of width: the upper third of the abdomen. */
const BELOW_LUNGS = 0.25
/** And how far up, of the height of the lungs: the domes. */
const ABOVE_BOTTOM = 0.35
/** What a cell of gas keeps beside tissue; the rim of a lung keeps less. */
const GAS_HU = -650

export function readBelowLungs(chest: Chest): BelowLungs {
  const { inside, lung, hu, width } = chest
  const [left, right] = countBeside(chest, BESIDE_LIVER, toFirmTest(chest))
  const isGas = (at: number) => inside[at] === 1 && lung[at] === 0 && hu[at] < GAS_HU
  const [gasLeft, gasRight] = countBeside(chest, BESIDE_GAS, isGas)
  const liverSeen = Math.min(1, (left + right) / (ENOUGH_LIVER * width ** 3))
  const excess = toShare(right - left, right + left, ENOUGH_LIVER * width ** 3) / SURE_LIVER
  return {
    liver: Math.max(-1, Math.min(1, excess)),
    liverSeen,
    gas: toShare(gasLeft - gasRight, gasLeft + gasRight, ENOUGH_GAS * width ** 3),
  }
}

const toShare = (part: number, whole: number, enough: number) => part / Math.max(whole, enough)

/** Cells to the Left and to the Right, from below the lungs up to the domes. */
function countBeside(chest: Chest, beside: number, test: (at: number) => boolean): [left: number, right: number] {
  const { size, width, bottom, top, fold } = chest
  const [nx, ny] = size
  const first = Math.max(0, Math.round(bottom - BELOW_LUNGS * width))
  const last = Math.round(bottom + ABOVE_BOTTOM * (top - bottom))
  const count: [number, number] = [0, 0]
  for (let at = first * nx * ny; at < (last + 1) * nx * ny; at++) {
    const aside = (at % nx) - fold / 2
    if (Math.abs(aside) >= beside * width && test(at)) count[aside > 0 ? 0 : 1]++
  }
  return count
}

/** HU of a cell in the liver and its neighbours, with and without contrast medium. */
const FIRM_HU = [0, 250] as const
/** Their least mean: fluid lies below. */
const FIRM_MEAN_HU = 25
/** Their largest deviation: bowel, fat between organs and the rims of organs lie above. */
const FIRM_DEVIATION_HU = 25

/** Whether a cell and its 26 neighbours are of one firm tissue. */
function toFirmTest({ size: [nx, ny], hu }: Chest): (at: number) => boolean {
  const steps = [-1, 0, 1].flatMap((z) => [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => x + nx * (y + ny * z))))
  return (at) => {
    let sum = 0
    let squares = 0
    for (const step of steps) {
      const value = hu[at + step]
      if (!(value > FIRM_HU[0] && value < FIRM_HU[1])) return false
      sum += value
      squares += value * value
    }
    const mean = sum / steps.length
    return mean > FIRM_MEAN_HU && squares / steps.length - mean * mean < FIRM_DEVIATION_HU ** 2
  }
}
