import type { VolumeGeometry } from '../../src/domain/volume/volume.ts'
import type { RenderGrid } from './renderGrid.ts'

/** The grid on which a patient is drawn for slices that average him along z: three layers a slice, shared with its neighbours. */
export function toLayerGeometry(geometry: VolumeGeometry): VolumeGeometry {
  const [nx, ny, nz] = geometry.size
  const [dx, dy, dz] = geometry.spacingMm
  const [x, y, z] = geometry.originLpsMm
  return { ...geometry, size: [nx, ny, 2 * nz + 1], spacingMm: [dx, dy, dz / 2], originLpsMm: [x, y, z - dz / 2] }
}

/**
 * Slices from layers of half their distance with weights ¼ ½ ¼: a triangular profile as wide at half height as the slice is
 * thick. The mask is the middle layer's.
 */
export function averageLayers(layers: RenderGrid): RenderGrid {
  const plane = layers.nx * layers.ny
  const nz = (layers.nz - 1) / 2
  const soft = new Int16Array(plane * nz)
  const mask = new Uint32Array(plane * nz)
  for (let k = 0; k < nz; k++) {
    const middle = plane * (2 * k + 1)
    for (let n = 0; n < plane; n++) {
      const at = middle + n
      soft[plane * k + n] = Math.round((layers.soft[at - plane] + 2 * layers.soft[at] + layers.soft[at + plane]) / 4)
    }
    mask.set(layers.mask.subarray(middle, middle + plane), plane * k)
  }
  return { ...layers, nz, z0: layers.z0 + layers.dz, dz: layers.dz * 2, soft, mask }
}
