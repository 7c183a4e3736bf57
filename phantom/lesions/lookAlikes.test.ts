import { expect, test } from 'vitest'
import { growLungTrees } from '../anatomy/lungTrees.ts'
import { createPhantomCase } from '../phantomCase.ts'
import { createRandom } from '../random.ts'
import { paintBody } from '../render/bodyPass.ts'
import { createRenderGrid, REGION } from '../render/renderGrid.ts'
import { createSmoothNoise } from '../render/valueNoise.ts'
import { paintLookAlikes } from './lookAlikes.ts'

const { anatomy, scan } = createPhantomCase(3_000_002)
const COARSE = { ...scan, size: [96, 96, 64], spacingMm: [3.75, 3.75, 5], originLpsMm: [-178, -172, -160] } as const

function paintPair(seed: number) {
  const random = createRandom(seed)
  const [plain, drawn] = [0, 1].map(() => {
    const grid = createRenderGrid(COARSE, anatomy.scale, 2.8)
    paintBody(grid, anatomy, createSmoothNoise(createRandom(1), 22))
    return grid
  })
  const trees = growLungTrees(anatomy, random.fork('trees'), 20)
  paintLookAlikes({ grid: drawn, anatomy, trees, random }, undefined)
  return { plain, drawn }
}

test('look-alikes are drawn into lung and fat and marked for no finding', { timeout: 60000 }, () => {
  for (let seed = 0; seed < 4; seed++) {
    const { plain, drawn } = paintPair(seed)
    let lung = 0
    let fat = 0
    for (let at = 0; at < plain.soft.length; at++) {
      if (drawn.lung[at] !== plain.lung[at] && plain.lungShare[at] > 0) lung++
      if (drawn.soft[at] === plain.soft[at]) continue
      fat++
      expect([REGION.mediastinum, REGION.wall]).toContain(plain.region[at])
    }
    expect(lung, `seed ${seed}`).toBeGreaterThan(5)
    expect(fat, `seed ${seed}`).toBeGreaterThan(5)
    expect(drawn.mask.every((bits) => bits === 0)).toBe(true)
  }
})

test('no look-alike is dense over three voxels of 3.75 mm both ways in a slice', { timeout: 60000 }, () => {
  for (let seed = 0; seed < 6; seed++) {
    const { plain, drawn } = paintPair(seed)
    const { nx, ny, nz } = drawn
    const isDense = (i: number, j: number, k: number) => {
      const at = i + nx * (j + ny * k)
      return drawn.lung[at] > -100 && plain.lung[at] < -700
    }
    let cores = 0
    for (let k = 0; k < nz; k++)
      for (let j = 1; j < ny - 1; j++)
        for (let i = 1; i < nx - 1; i++)
          if (isDense(i, j, k) && isDense(i - 1, j, k) && isDense(i + 1, j, k))
            if (isDense(i, j - 1, k) && isDense(i, j + 1, k)) cores++
    expect(cores, `seed ${seed}`).toBe(0)
  }
})
