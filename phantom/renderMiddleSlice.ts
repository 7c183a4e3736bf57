import type { Vec3, Volume } from '../src/domain/volume/volume.ts'
import type { PhantomCase } from './phantomCase.ts'
import { renderPhantom } from './renderPhantom.ts'
import { toScanRendering } from './scanners.ts'

/**
 * The middle axial slice of a case's scan alone, its longer side `pixels`: a fifth of a second, where the whole scan takes several.
 * Its noise is not that of the scan's slice.
 */
export function renderMiddleSlice(phantom: PhantomCase, pixels: number): Volume {
  const { size, spacingMm, originLpsMm, directionLps } = phantom.scan
  const step = Math.max(size[0], size[1]) / pixels
  const middle = Math.floor(size[2] / 2)
  const grid = {
    directionLps,
    size: [Math.round(size[0] / step), Math.round(size[1] / step), 1] as Vec3,
    spacingMm: [spacingMm[0] * step, spacingMm[1] * step, spacingMm[2]] as Vec3,
    originLpsMm: [originLpsMm[0], originLpsMm[1], originLpsMm[2] + middle * spacingMm[2]] as Vec3,
  }
  const { hu } = renderPhantom(phantom, grid, toScanRendering(phantom.scanner))
  return { ...grid, id: `phantom-${phantom.seed}-middle`, hu, missing: [] }
}
