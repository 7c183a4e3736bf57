import { expect, it } from 'vitest'
import { measureLeastCosine } from './background.ts'
import { toCaseSource } from './caseTable.ts'
import { toEmbeddings } from './embeddings.ts'
import { mergeRankings } from './mergeRankings.ts'

/** Cases on a circle, each a step from the next; the last `apart` ones lie alone, at right angles to all others. */
function circle(count: number, apart: number) {
  const dimension = 2 + apart
  const rows = new Float32Array(count * dimension)
  for (let n = 0; n < count; n++) {
    const alone = n - (count - apart)
    if (alone >= 0) rows[n * dimension + 2 + alone] = 1
    else rows.set([Math.cos(n * 0.1), Math.sin(n * 0.1)], n * dimension)
  }
  return toEmbeddings(rows, dimension)
}

const casesOf = (count: number, toPart: (n: number) => object = () => ({})) =>
  toCaseSource(Array.from({ length: count }, (_, n) => ({ id: String(n), title: '', ...toPart(n) })))

it('is the cosine that nearly all cases have to their nearest neighbour', async () => {
  expect(await measureLeastCosine(casesOf(60), circle(60, 0))).toBeCloseTo(Math.cos(0.1), 3)
  // One of sixty lies alone, which is within the share that may; of three one stays.
  expect(await measureLeastCosine(casesOf(60), circle(60, 1))).toBeCloseTo(Math.cos(0.1), 3)
  expect(await measureLeastCosine(casesOf(60), circle(60, 3))).toBe(0)
})

it('counts no case of the same scan or the same patient as a neighbour', async () => {
  for (const part of [(n: number) => ({ scan: String(n >> 1) }), (n: number) => ({ patient: String(n >> 1) })])
    expect(await measureLeastCosine(casesOf(100, part), circle(100, 0))).toBeCloseTo(Math.cos(0.1), 3)
  // Three in a row are one patient's: the middle one's neighbours are two steps away. Those at the ends lie farther, within the share that may.
  const threes = (n: number) => ({ patient: String(Math.floor(n / 3)) })
  expect(await measureLeastCosine(casesOf(99, threes), circle(99, 0))).toBeCloseTo(Math.cos(0.2), 3)
})

it('says nothing of a library that is too small to tell', async () => {
  expect(await measureLeastCosine(casesOf(39), circle(39, 0))).toBeNull()
  expect(await measureLeastCosine(casesOf(0), toEmbeddings(new Float32Array(0), 3))).toBeNull()
})

it('merges the answers of several libraries by cosine, each with its own chance', () => {
  const answer = (cosines: readonly number[], chanceCosine: number) => ({
    cases: cosines.map((cosine) => ({
      found: { id: String(cosine), title: '' },
      cosine,
      isOwnPatient: false,
      embedding: new Float32Array(0),
    })),
    size: 10,
    filteredOut: 1,
    chanceCosine,
  })
  const merged = mergeRankings([answer([0.9, 0.5], 0.1), answer([0.7, 0.6], 0.2)], 3)
  expect(merged.cases.map(({ cosine, library, chanceCosine }) => [cosine, library, chanceCosine])).toEqual([
    [0.9, 0, 0.1],
    [0.7, 1, 0.2],
    [0.6, 1, 0.2],
  ])
  expect([merged.size, merged.filteredOut]).toEqual([20, 2])
})
