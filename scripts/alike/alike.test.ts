import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTypedPack, type TypedPack } from '../typed/openTypedPack.ts'
import { type Half, type Listed, makeSounds, measureLibrary, measureSounds, measureTyped } from './rates.ts'

let pack: TypedPack
beforeAll(async () => {
  pack = await openTypedPack('public/models/phantom-mini')
}, 120_000)
afterAll(() => pack.close())

const rateOf = (rows: readonly Listed[], isTrue: boolean): number => {
  const own = rows.filter((row) => row.isTrue === isTrue)
  const sum = (pick: (row: Listed) => number) => own.reduce((all, row) => all + pick(row), 0)
  return sum(({ listed }) => listed) / sum(({ count }) => count)
}

it.each<Half>(['develop', 'held-out'])(
  'typed sentences of the %s half: what says nothing lists nothing',
  async (half) => {
    const rows = await measureTyped(pack, half)
    expect(rows.filter(({ isTrue }) => !isTrue).reduce((all, { count }) => all + count, 0)).toBeGreaterThanOrEqual(50)
    expect(rateOf(rows, false)).toBeLessThanOrEqual(0.05)
    expect(rateOf(rows, true)).toBeGreaterThanOrEqual(0.95)
  },
  120_000,
)

it('noise, tones and silence list nothing', async () => {
  expect(await measureSounds(pack, 'made', makeSounds(), false)).toMatchObject({ listed: 0, count: 10 })
}, 120_000)

it('scans like those of the library list cases', async () => {
  const { listed, count } = await measureLibrary(pack)
  expect(listed / count).toBeGreaterThanOrEqual(0.95)
})
