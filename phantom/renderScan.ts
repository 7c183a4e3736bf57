import { PHANTOM_SOURCES } from '../src/domain/volume/sourceSlices.ts'
import type { Volume } from '../src/domain/volume/volume.ts'
import type { PhantomCase } from './phantomCase.ts'
import { renderPhantom } from './renderPhantom.ts'
import { toScanRendering } from './scanners.ts'

export interface PhantomScan {
  readonly volume: Volume
  /** Bit f set: the voxel belongs to finding f of `FINDING_IDS`. Same order as `volume.hu`. */
  readonly findingMask: Uint32Array
}

/** The scan of a case as the viewer shows it, on the case's own scan grid. Takes a few seconds: call it in a worker. */
export function renderScan(phantom: PhantomCase): PhantomScan {
  const { hu, findingMask } = renderPhantom(phantom, phantom.scan, toScanRendering(phantom.scanner))
  const volume = { ...phantom.scan, id: `phantom-${phantom.seed}`, hu, missing: [], sources: PHANTOM_SOURCES }
  return { volume, findingMask }
}
