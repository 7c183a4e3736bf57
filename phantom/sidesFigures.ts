import { findSides, mirrorCells, type Sides } from '../src/domain/volume/sides/sides.ts'
import type { Volume } from '../src/domain/volume/volume.ts'
import { createPhantomCase, type PhantomCase } from './phantomCase.ts'
import { renderPhantom } from './renderPhantom.ts'
import { toScanRendering } from './scanners.ts'
import { type PhantomSplit, toPhantomSeed } from './splits.ts'

type Counts = Readonly<Record<Sides, number>>

export interface SidesFigures {
  readonly asTheyAre: Counts
  readonly mirrored: Counts
}

const NONE: Counts = { usual: 0, mirrored: 0, unknown: 0 }

/** Pixels of what is rendered, mm: finer than what the sides are read in, and seven times fewer than the scanner's. */
const PIXEL_MM = 3

/** What is said of the sides of cases of a split, as they are and with their voxels mirrored left to right. */
export function measureSides(split: PhantomSplit, from: number, count: number): SidesFigures {
  let figures: SidesFigures = { asTheyAre: NONE, mirrored: NONE }
  for (let n = from; n < from + count; n++) {
    const volume = renderCoarsely(createPhantomCase(toPhantomSeed(split, n)))
    figures = {
      asTheyAre: addOne(figures.asTheyAre, findSides(volume)),
      mirrored: addOne(figures.mirrored, findSides({ ...volume, hu: mirrorCells(volume.hu, volume.size[0]) })),
    }
  }
  return figures
}

/** The case's scan with its own slices and noise, in larger pixels. */
function renderCoarsely(phantom: PhantomCase): Volume {
  const { size, spacingMm, originLpsMm, directionLps } = phantom.scan
  const pixels = (axis: 0 | 1) => Math.round((size[axis] * spacingMm[axis]) / PIXEL_MM)
  const geometry = {
    size: [pixels(0), pixels(1), size[2]],
    spacingMm: [PIXEL_MM, PIXEL_MM, spacingMm[2]],
    originLpsMm,
    directionLps,
  } as const
  const { hu } = renderPhantom(phantom, geometry, toScanRendering(phantom.scanner))
  return { ...geometry, id: `phantom-${phantom.seed}`, hu, missing: [] }
}

const addOne = (counts: Counts, sides: Sides): Counts => ({ ...counts, [sides]: counts[sides] + 1 })
