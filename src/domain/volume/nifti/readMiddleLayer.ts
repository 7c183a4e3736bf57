import type { MiddleLayer } from '../middleLayer.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import { toNiftiGeometry } from './niftiGeometry.ts'
import type { NiftiSource } from './niftiSource.ts'
import { streamVoxels, type TakeVoxels } from './streamVoxels.ts'

/** The layer in the middle of the third axis; null where the file ends before. */
export async function readMiddleLayer({ source }: ScannedSeries<NiftiSource>): Promise<MiddleLayer | null> {
  const { file, header } = source
  const { size, spacingMm, directionLps } = toNiftiGeometry(header)
  const area = size[0] * size[1]
  const from = Math.floor(size[2] / 2) * area
  const hu = new Int16Array(area)
  let filled = 0
  const openTake = (): TakeVoxels => {
    filled = 0
    return (values, first) => {
      const last = Math.min(first + values.length, from + area)
      for (let at = Math.max(first, from); at < last; at++, filled++)
        hu[at - from] = Math.max(-32768, Math.min(32767, Math.round(values[at - first])))
      return filled < area
    }
  }
  await streamVoxels(file, header, openTake)
  return filled < area ? null : { size: [size[0], size[1], 1], spacingMm, directionLps, hu }
}
