import type { RenderGrid } from './renderGrid.ts'

/** How a shape is laid onto the buffers. */
export interface Brush {
  /** `soft` covers whatever is there, `lung` changes only the lung's own buffer, `both` does both. */
  readonly layer: 'soft' | 'lung' | 'both'
  readonly hu: number
  /** Region the voxel becomes (soft layer, coverage over a half); undefined keeps it. */
  readonly region?: number
  /** Bits of the regions that may be painted; undefined = all. */
  readonly onlyRegions?: number
  /** Bit number of the finding whose mask the shape belongs to. */
  readonly finding?: number
  /** Share of the shape's value at full coverage, default 1. */
  readonly opacity?: number
  /** Bit number of a finding whose mask the shape is taken out of. */
  readonly clears?: number
  /** Coverage from which the mask is set, default 0.35. */
  readonly maskFrom?: number
  /** `max` only raises HU (calcium, vessels over haze), `min` only lowers it. */
  readonly mode?: 'max' | 'min'
}

export function toRegionBits(...regions: readonly number[]): number {
  return regions.reduce((bits, region) => bits | (1 << region), 0)
}

/** Blends one voxel. `coverage` is 0–1. */
export function blendVoxel(grid: RenderGrid, brush: Brush, at: number, coverage: number, hu: number): void {
  if (brush.onlyRegions !== undefined && (brush.onlyRegions & (1 << grid.region[at])) === 0) return
  const share = coverage * (brush.opacity ?? 1)
  if (brush.layer !== 'lung') blendSoft(grid, brush, at, share, hu)
  if (brush.layer !== 'soft') blendInto(grid.lung, brush.mode, at, share, hu)
  if (brush.clears !== undefined && coverage > 0.5) grid.mask[at] &= ~(1 << brush.clears)
  if (brush.finding !== undefined && coverage >= (brush.maskFrom ?? 0.35)) {
    if (brush.layer !== 'lung' || grid.lungShare[at] > 90) grid.mask[at] |= 1 << brush.finding
  }
}

function blendSoft(grid: RenderGrid, brush: Brush, at: number, share: number, hu: number): void {
  blendInto(grid.soft, brush.mode, at, share, hu)
  grid.lungShare[at] *= 1 - share
  if (brush.region !== undefined && share > 0.5) grid.region[at] = brush.region
}

function blendInto(buffer: Int16Array, mode: Brush['mode'], at: number, share: number, hu: number): void {
  const before = buffer[at]
  if ((mode === 'max' && hu <= before) || (mode === 'min' && hu >= before)) return
  buffer[at] = before + share * (hu - before)
}
