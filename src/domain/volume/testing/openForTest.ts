import type { Result } from '../../../base/result.ts'
import type { DecodeFrame } from '../dicom/decodeFrame.ts'
import { loadSeries } from '../loadSeries.ts'
import { scanFiles } from '../scanFiles.ts'
import type { LoadedVolume, ScanResult } from '../scannedSeries.ts'
import { toSourceFiles } from '../sourceFile.ts'

const refuseToDecode: DecodeFrame = async ({ codec }) => {
  throw new Error(`no codec for ${codec}`)
}

const ignoreProgress = () => undefined

export const TEST_SALT = '00112233445566778899aabbccddeeff'

export const scanForTest = (files: readonly File[]): Promise<ScanResult> =>
  scanFiles(toSourceFiles(files), { onProgress: ignoreProgress, salt: TEST_SALT })

/** Scans and loads the best series, or the one at `index` of the list. */
export async function openForTest(
  files: readonly File[],
  index = 0,
  decodeFrame = refuseToDecode,
): Promise<Result<LoadedVolume>> {
  const { series } = await scanForTest(files)
  return loadSeries(series[index], { decodeFrame, onProgress: ignoreProgress, salt: TEST_SALT })
}

/** Same, for a series that must open. */
export async function openVolumeForTest(files: readonly File[], index = 0): Promise<LoadedVolume> {
  const opened = await openForTest(files, index)
  if (!opened.ok) throw new Error(`${opened.problem.code}: ${opened.problem.message}`)
  return opened.value
}
