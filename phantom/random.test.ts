import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('createRandom', () => {
  it('gives the known first numbers of its stream, so no change of the generator goes unseen', () => {
    const random = createRandom(1_000_000)
    expect([random.next(), random.next(), random.next()].map((value) => Math.floor(value * 4294967296))).toEqual([
      1451592731, 1408659862, 5043522,
    ])
  })

  it('forks streams by label that do not depend on what was drawn before', () => {
    const used = createRandom(5)
    used.next()
    expect(used.fork('a').next()).toBe(createRandom(5).fork('a').next())
    expect(createRandom(5).fork('a').next()).not.toBe(createRandom(5).fork('b').next())
  })

  it('is uniform and normal to within sampling error', () => {
    const random = createRandom(9)
    let sum = 0
    let square = 0
    for (let n = 0; n < 20000; n++) sum += random.next()
    expect(sum / 20000).toBeCloseTo(0.5, 2)
    for (let n = 0; n < 20000; n++) square += random.normal() ** 2
    expect(Math.sqrt(square / 20000)).toBeCloseTo(1, 1)
  })
})
