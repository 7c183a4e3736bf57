import { failure, type Result, success } from '../../../base/result.ts'
import { type Grid, toGrid, toPatientPoint, toVolumeFrame } from '../../geometry/grid.ts'
import type { NiftiSource } from '../../volume/nifti/niftiSource.ts'
import { readStart } from '../../volume/nifti/readNiftiBytes.ts'
import { streamVoxels, type TakeVoxels } from '../../volume/nifti/streamVoxels.ts'
import type { ScannedSeries } from '../../volume/scannedSeries.ts'
import type { Vec3, VolumeGeometry } from '../../volume/volume.ts'
import { measureSegments } from '../measureSegments.ts'
import type { Segmentation, SegmentVoxels } from '../segmentation.ts'
import type { LabelBox } from './labelNote.ts'
import { readLabelTable } from './labelTable.ts'

/** A segmentation that has yet to be told what it lies over. */
export type LabelMap = Omit<Segmentation, 'belongsTo'>

const describeEmpty = (path: string) => ({
  code: 'labels-empty',
  message: `${path}: a label map without a label, every voxel is background.`,
  nextStep: 'Check that it is the file you meant; there is nothing to lay over the scan.',
})

/** Labels of a NIfTI that was listed as a label map, on its own grid, cut to the box in which there are any. */
export async function readLabelMap({ summary, source }: ScannedSeries<NiftiSource>): Promise<Result<LabelMap>> {
  const { file, header } = source
  const { id, labels, title } = summary
  if (!labels?.box) return failure(describeEmpty(file.path))
  const values = await readBox(source, labels.box)
  const bits = values instanceof Uint16Array ? 16 : 8
  const voxels: SegmentVoxels = {
    grid: toBoxGrid(labels.geometry, labels.box),
    frames: Array.from({ length: labels.box.to[2] - labels.box.from[2] + 1 }, (_, layer) => ({ layer, segment: 0 })),
    pixels: new Uint8Array(values.buffer),
    bits,
    threshold: 1,
  }
  const table = readLabelTable(await readStart(file, header.voxelOffset), header.littleEndian)
  const extents = measureSegments(voxels)
  const segments = extents.map(({ number }) => ({
    number,
    ...(table.get(number) ?? { label: `Label ${number}`, color: null }),
  }))
  return success({
    kind: 'label map',
    parts: [voxels],
    outlines: [],
    id,
    path: file.path,
    name: title,
    segments,
    extents,
  })
}

const toBoxSize = ({ from, to }: LabelBox): Vec3 => [to[0] - from[0] + 1, to[1] - from[1] + 1, to[2] - from[2] + 1]

function toBoxGrid(geometry: VolumeGeometry, box: LabelBox): Grid {
  const frame = toVolumeFrame(geometry)
  return toGrid({ ...frame, originLpsMm: toPatientPoint(frame, box.from) }, toBoxSize(box))
}

async function readBox({ file, header }: NiftiSource, box: LabelBox): Promise<Uint8Array | Uint16Array> {
  const [columns, rows, layers] = toBoxSize(box)
  const [ownColumns, ownRows] = header.size
  const values = new Uint16Array(columns * rows * layers)
  let largest = 0
  const take: TakeVoxels = (part, first) => {
    for (let n = 0; n < part.length; n++) {
      const value = part[n]
      if (value === 0) continue
      const at = first + n
      const i = at % ownColumns
      const row = (at - i) / ownColumns
      const j = row % ownRows
      const k = (row - j) / ownRows
      values[i - box.from[0] + columns * (j - box.from[1] + rows * (k - box.from[2]))] = value
      if (value > largest) largest = value
    }
    return true
  }
  await streamVoxels(file, header, () => take)
  return largest > 255 ? values : Uint8Array.from(values)
}
