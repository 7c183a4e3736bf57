import { expect, test } from 'vitest'
import type { VolumeGeometry } from '../../src/domain/volume/volume.ts'
import { createRenderGrid } from './renderGrid.ts'
import { averageLayers, toLayerGeometry } from './slabs.ts'

const GEOMETRY: VolumeGeometry = {
  size: [1, 1, 3],
  spacingMm: [1, 1, 5],
  originLpsMm: [0, 0, -10],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

test('slices come back at their own places with weights ¼ ½ ¼ and the mask of their middle', () => {
  const layers = createRenderGrid(toLayerGeometry(GEOMETRY), [1, 1, 1], 2)
  expect([layers.nz, layers.z0, layers.dz]).toEqual([7, -12.5, 2.5])
  layers.soft.set([0, 0, 0, 400, 0, 100, 0])
  layers.mask.set([1, 0, 1, 2, 1, 0, 1])
  const slices = averageLayers(layers)
  expect([slices.nz, slices.z0, slices.dz]).toEqual([3, -10, 5])
  expect([...slices.soft]).toEqual([0, 200, 50])
  expect([...slices.mask]).toEqual([0, 2, 0])
})
