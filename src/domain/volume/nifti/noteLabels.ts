import { judgeLabels } from '../../overlay/labelMap/judgeLabels.ts'
import type { LabelNote } from '../../overlay/labelMap/labelNote.ts'
import { LabelSurvey } from '../../overlay/labelMap/labelSurvey.ts'
import { DamagedGzip } from '../archive/gzipStream.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import { toNiftiGeometry } from './niftiGeometry.ts'
import type { NiftiSource } from './niftiSource.ts'
import { BYTES_OF_DATATYPE } from './niftiVoxels.ts'
import { canHold } from './readNiftiBytes.ts'
import { streamVoxels } from './streamVoxels.ts'

/** Behind every scan, before flat images: it is opened as one where nothing else is there. */
const LABEL_SCORE = 5

/**
 * The entry of the list with what is known of its labels, where it has any. The voxels are looked through until one shows that they are
 * none: in a CT, most often the first.
 */
export async function noteLabels(series: ScannedSeries<NiftiSource>): Promise<ScannedSeries<NiftiSource>> {
  const labels = await survey(series.source)
  if (!labels) return series
  const { count } = labels
  const what = `${count} ${count === 1 ? 'label' : 'labels'}`
  const reason =
    labels.certainty === 'sure'
      ? `A label map of ${what}: laid over the scan that it belongs to.`
      : `Whole numbers as of ${what}: a label map, or a scan in few grey levels.`
  const chestScore = Math.min(series.summary.chestScore, LABEL_SCORE)
  return { ...series, summary: { ...series.summary, labels, reason, chestScore } }
}

async function survey({ file, header }: NiftiSource): Promise<LabelNote | null> {
  const voxelCount = header.size[0] * header.size[1] * header.size[2]
  const isWhole = await canHold(file, header.voxelOffset + voxelCount * BYTES_OF_DATATYPE[header.datatype])
  if (header.volumeCount > 1 || !isWhole) return null
  let looked = new LabelSurvey(header.size)
  try {
    await streamVoxels(file, header, () => {
      looked = new LabelSurvey(header.size)
      return (values, first) => looked.take(values, first)
    })
  } catch (thrown) {
    // It is told when the file is opened.
    if (thrown instanceof DamagedGzip) return null
    throw thrown
  }
  const { found } = looked
  if (!found) return null
  const { count, hasBackground, box } = found
  const isPlaced = header.orientationFrom !== 'assumed'
  const certainty = judgeLabels({
    path: file.path,
    isNamedLabels: header.isNamedLabels,
    isPlaced,
    count,
    hasBackground,
  })
  return certainty && { certainty, count, box, geometry: toNiftiGeometry(header) }
}
