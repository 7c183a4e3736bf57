import { readLabelMap } from '../../overlay/labelMap/readLabelMap.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import { type ListContext, SNIFF_BYTES, type VolumeFormat } from '../volumeFormat.ts'
import { loadNifti } from './loadNifti.ts'
import type { NiftiSource } from './niftiSource.ts'
import { noteLabels } from './noteLabels.ts'
import { readMiddleLayer } from './readMiddleLayer.ts'
import { readStart } from './readNiftiBytes.ts'
import { sniffNifti } from './sniffNifti.ts'
import { toNiftiSeries } from './toNiftiSeries.ts'

/** NIfTI-1 and -2, plain or packed by gzip: one volume a file. */
export const niftiFormat: VolumeFormat<NiftiSource> = {
  name: 'nifti',
  readsGzip: true,
  expectedRefusals: new Set(),
  sniff: (head) => (sniffNifti(head) ? 'image' : null),
  list: (files, context) => context.each(files, (file) => listFile(file, context)),
  load: loadNifti,
  readMiddle: readMiddleLayer,
  readLabels: readLabelMap,
}

async function listFile(
  file: SourceFile,
  { hasher, problems }: ListContext,
): Promise<ScannedSeries<NiftiSource> | null> {
  const head = await readStart(file, SNIFF_BYTES)
  const kind = sniffNifti(head)
  if (kind !== 'volume') {
    problems.files.add({ code: kind === 'pair' ? 'nifti-pair' : 'file-not-recognised' }, file.path)
    return null
  }
  const scanned = toNiftiSeries(file, head, hasher)
  if (scanned.ok) return noteLabels(scanned.value)
  problems.others.push(scanned.problem)
  return null
}
