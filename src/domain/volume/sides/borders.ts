import type { Chest } from './chest.ts'

/** What the lungs' inner borders say of the sides, −1…1: 1 where what lies between the lungs reaches as far to the Left as usual. */
export interface Borders {
  /** Heart: to the Left of the median plane. */
  readonly heart: number
  /** Arch and descending aorta: to the Left of the spine. */
  readonly aorta: number
}

/** Part of something, from 0 to 1. */
type Range = readonly [from: number, to: number]

/** Where between the lungs an organ lies, and how far it reaches. */
interface Organ {
  /** Of the height of the lungs, from their bottom. */
  readonly heights: Range
  /** Of the depth of the lungs in a layer, from the front. */
  readonly depths: Range
  /** Furthest border that counts, of width. */
  readonly reach: number
  /** By how much on average the left border lies further from the middle than the right one where it is sure, of width. */
  readonly sure: number
}

const HEART: Organ = { heights: [0.15, 0.6], depths: [0.1, 0.5], reach: 0.3, sure: 0.04 }
const AORTA: Organ = { heights: [0.15, 0.75], depths: [0.5, 0.75], reach: 0.2, sure: 0.03 }
/** Rows that must show both borders, of width². Fewer say less. */
const ENOUGH_ROWS = 1 / 60

export const readBorders = (chest: Chest): Borders => ({
  heart: readOrgan(chest, HEART),
  aorta: readOrgan(chest, AORTA),
})

/** Compares the inner borders of both lungs, row by row where both are near; so fluid or a lost lung on one side says nothing. */
function readOrgan(chest: Chest, { heights, depths, reach, sure }: Organ): number {
  const { bottom, top, width } = chest
  let sum = 0
  let rows = 0
  for (const z of toRange([bottom, top], heights)) {
    for (const y of toRange(toLungDepth(chest, z), depths)) {
      const left = toBorder(chest, y, z, 1)
      const right = toBorder(chest, y, z, -1)
      if (left > reach * width || right > reach * width) continue
      sum += left - right
      rows++
    }
  }
  const further = sum / Math.max(rows, ENOUGH_ROWS * width ** 2) / width
  return Math.max(-1, Math.min(1, further / sure))
}

const toRange = ([first, last]: Range, [from, to]: Range): number[] => {
  const start = Math.round(first + from * (last - first))
  return Array.from({ length: Math.round(first + to * (last - first)) - start + 1 }, (_, n) => start + n)
}

/** First and last row of the lungs in a layer. */
function toLungDepth({ size: [nx, ny], lung }: Chest, z: number): Range {
  const layer = lung.subarray(z * nx * ny, (z + 1) * nx * ny)
  return [Math.floor(layer.indexOf(1) / nx), Math.floor(layer.lastIndexOf(1) / nx)]
}

/** Cells from the median plane to the lung's nearest cell in a row, to the Left (1) or Right (−1). */
function toBorder({ size: [nx, ny], lung, fold }: Chest, y: number, z: number, side: 1 | -1): number {
  const row = nx * (y + ny * z)
  for (let aside = (fold % 2) / 2; aside <= nx; aside++) {
    const x = fold / 2 + side * aside
    if (x < 0 || x >= nx) break
    if (lung[row + x]) return aside
  }
  return Number.POSITIVE_INFINITY
}
