import { failure, type Problem, type Result, success } from '../../../base/result.ts'
import { allocateHu } from '../allocateHu.ts'
import { finishVolume } from '../finishVolume.ts'
import { listNames } from '../problems.ts'
import type { LoadedVolume, ScannedSeries } from '../scannedSeries.ts'
import type { LoadContext } from '../volumeFormat.ts'
import { composeVolume } from './composeVolume.ts'
import type { DicomSource } from './dicomSource.ts'
import { FrameRemarks } from './frameRemarks.ts'
import { isPlain, planStack, type StackPlan, toMissing } from './planStack.ts'
import { readFrameHu } from './readFrame.ts'
import { settleAlignment } from './settleAlignment.ts'
import { isNative } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'
import { AIR_HU } from './storedToHu.ts'
import { toSourceSlices } from './toSourceSlices.ts'

/** Slices read and decoded at the same time: enough to keep a few codec threads busy, few enough to bound memory. */
const SLICES_AT_ONCE = 6
/** More voxels than this, most of them in gaps, are not worth their memory: 800 MB. */
const MOST_VOXELS = 4e8
const LARGEST_STRETCH = 3

interface FailedSlice {
  readonly slice: PlacedSlice
  readonly cause: string
}

/** Pixels of a scanned series as a volume in HU. Slices that cannot be decoded are left out and named, if enough remain. */
export async function loadDicomSeries(
  series: ScannedSeries<DicomSource>,
  options: LoadContext,
): Promise<Result<LoadedVolume>> {
  const { slices } = series.source
  const { columns, rows } = slices[0].format
  const sliceLength = columns * rows
  const stored = allocateHu(sliceLength * slices.length)
  const sliceAt = (n: number) => stored.subarray(n * sliceLength, (n + 1) * sliceLength)
  const { failed, remarks } = await readSlices(series.source, sliceAt, options)
  if (failed.length === slices.length) return failure(describeUndecodable(failed))
  const plan = planStack(slices, new Set(failed.map((entry) => entry.slice)))
  const voxelCount = plan.geometry.size.reduce((product, count) => product * count, 1)
  if (voxelCount > MOST_VOXELS && voxelCount > LARGEST_STRETCH * stored.length) {
    return failure(describeScattered(series))
  }
  const hu = isPlain(plan, slices.length)
    ? clearMissing(stored, plan)
    : composeVolume({ slices: slices.map((_, n) => sliceAt(n)), columns, rows }, plan)
  const notices = [...series.notices, ...describeLeftOut(failed), ...remarks.toProblems(), ...plan.notices]
  const paths = series.source.files.map((file) => file.path)
  const sources = toSourceSlices(slices, plan)
  const read = { paths, geometry: plan.geometry, hu, missing: toMissing(plan), sources, notices }
  return success(finishVolume(series, read, options.hasher))
}

/** A codec that failed may have left half a slice. */
function clearMissing(hu: Int16Array, plan: StackPlan): Int16Array {
  const length = hu.length / plan.layers.length
  for (const k of toMissing(plan)) hu.fill(AIR_HU, k * length, (k + 1) * length)
  return hu
}

async function readSlices(
  source: DicomSource,
  sliceAt: (n: number) => Int16Array,
  options: LoadContext,
): Promise<{ failed: FailedSlice[]; remarks: FrameRemarks }> {
  const failed: FailedSlice[] = []
  const remarks = new FrameRemarks()
  const { slices, remark } = await settleAlignment(source, options.decodeFrame)
  let next = 0
  let done = 0
  const readOneByOne = async () => {
    while (next < slices.length) {
      const n = next++
      const { blob, path } = source.files[slices[n].fileIndex]
      try {
        remarks.add([...remark, ...(await readFrameHu(blob, slices[n], options.decodeFrame, sliceAt(n)))], path)
      } catch (thrown) {
        failed.push({ slice: source.slices[n], cause: toCause(thrown) })
      }
      done++
      options.onProgress('Decoding slices', done / slices.length)
    }
  }
  await Promise.all(Array.from({ length: SLICES_AT_ONCE }, readOneByOne))
  return { failed, remarks }
}

/** dicom-parser throws strings and `{ exception, dataSet }`. */
function toCause(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message
  // Codecs in wasm throw the address of their error, which tells nobody anything.
  if (typeof thrown === 'number') return 'its codec failed without saying why'
  const inner = (thrown as { exception?: unknown } | null)?.exception
  return inner === undefined ? String(thrown) : toCause(inner)
}

/** One a cause, each with its files. */
function describeLeftOut(failed: readonly FailedSlice[]): Problem[] {
  const causes = [...new Set(failed.map(({ cause }) => cause))]
  return causes.map((cause) => {
    const paths = failed.filter((entry) => entry.cause === cause).map((entry) => entry.slice.path)
    return {
      code: 'slices-not-decoded',
      files: paths,
      message: `${listNames(paths)} could not be decoded: ${cause}.`,
      nextStep: 'The views show its place as missing; export the slice again to see it.',
    }
  })
}

function describeUndecodable(failed: readonly FailedSlice[]): Problem {
  const [{ slice, cause }] = failed
  const syntax = isNative(slice.transferSyntaxUid) ? '' : `, transfer syntax ${slice.transferSyntaxUid}`
  return {
    code: 'pixels-not-decoded',
    message: `${listNames(failed.map((entry) => entry.slice.path))} could not be decoded: ${cause}${syntax}.`,
    nextStep: 'Export the series uncompressed (explicit VR little endian) and drop it again.',
  }
}

const describeScattered = (series: ScannedSeries): Problem => ({
  code: 'scattered-slices',
  message: `${series.summary.title}: ${series.summary.sliceCount} slices lie too far apart to be one volume.`,
  nextStep: 'Drop the whole series; most of its slices seem to be missing.',
})
