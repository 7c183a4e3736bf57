import type { Problem } from '../../../base/result.ts'
import type { SaltedHasher } from '../../../base/saltedHash.ts'
import { describeFlat, FLAT_SCORE, SMALLEST_STACK, toFlatReason } from '../flatImage.ts'
import { listNames } from '../problems.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SeriesSummary } from '../series.ts'
import type { SourceFile } from '../sourceFile.ts'
import { refuseScattered } from './arrangeNotices.ts'
import { arrangeSlices } from './arrangeSlices.ts'
import { scoreChest } from './chestScore.ts'
import type { DicomSource } from './dicomSource.ts'
import { dropCopies } from './dropCopies.ts'
import { groupSlices, type SliceGroup } from './groupSlices.ts'
import { describeHeaders, refuseSkew } from './headerNotices.ts'
import { toLegacyIds } from './legacyIds.ts'
import { describeOwners, describeScans } from './ownerNotices.ts'
import { planStack } from './planStack.ts'
import { refuseSeries } from './refuseSeries.ts'
import type { SliceFault, SliceHeader } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'
import { toStudyId } from './toStudyId.ts'

type FaultySlice = SliceHeader & { readonly fault: SliceFault }

export interface DicomListing {
  readonly series: readonly ScannedSeries<DicomSource>[]
  readonly problems: readonly Problem[]
  /** Slices with a fault that keep no place: beside a whole copy, or in no series that opens. */
  readonly withoutPlace: readonly FaultySlice[]
}

/** The series among the slices of a drop, openable or not. `SliceHeader.fileIndex` counts in `files`. */
export async function toDicomSeries(
  dropped: readonly SliceHeader[],
  files: readonly SourceFile[],
  hasher: SaltedHasher,
): Promise<DicomListing> {
  const legacyIds = toLegacyIds(dropped.filter(isWhole))
  const unique = await dropCopies(dropped, files)
  const groups = groupSlices(unique).filter((group) => group.slices.some(isWhole))
  const grouped = new Set(groups.flatMap((group) => group.slices))
  const slices = unique.filter((slice) => grouped.has(slice))
  const series = groups.map((group) => {
    const legacyId = group.slices.map((slice) => legacyIds.get(slice)).find((id) => id !== undefined)
    return toSeries(group, files, legacyId ?? group.slices[0].path, hasher)
  })
  return {
    series,
    problems: [...describeOwners(slices), ...describeScans(groups)],
    withoutPlace: dropped.filter(isFaulty).filter((slice) => !grouped.has(slice)),
  }
}

const isFaulty = (slice: SliceHeader): slice is FaultySlice => slice.fault !== null

const isWhole = (slice: SliceHeader): boolean => !isFaulty(slice)

function toSeries(
  group: SliceGroup,
  files: readonly SourceFile[],
  legacyId: string,
  hasher: SaltedHasher,
): ScannedSeries<DicomSource> {
  const { slices, notices } = arrangeSlices(group.slices)
  const refusal = toRefusal(group.slices, slices)
  const own = refusal ? group.slices : slices
  const id = toListingId(own, files, hasher)
  return {
    summary: refusal ? toRefusedSummary(id, group.slices, refusal) : toSummary(id, slices),
    studyId: toStudyId(own, hasher),
    legacyId,
    refusal,
    notices: [...notices, ...describeHeaders(group, slices), ...describeFew(slices)],
    source: { format: 'dicom', ...keepOwnFiles(slices, files) },
  }
}

/** Places that the headers do name are not called missing. */
function toRefusal(group: readonly SliceHeader[], arranged: readonly PlacedSlice[]): Problem | null {
  const refusal = refuseSeries(group, arranged)
  if (refusal?.code !== 'missing-position') return refusal
  return refuseSkew(group) ?? refuseScattered(group, arranged) ?? refusal
}

/** Of the files of this drop: scans of equal UIDs, of one drop or of two, are entries of their own. */
function toListingId(slices: readonly SliceHeader[], files: readonly SourceFile[], hasher: SaltedHasher): string {
  const own = slices.map(({ path, frameIndex, fileIndex }) => `${path} ${frameIndex} ${files[fileIndex].blob.size}`)
  return `listed-${hasher.hash(['dicom', slices[0].seriesUid, ...own])}`
}

function toSummary(id: string, slices: readonly PlacedSlice[]): SeriesSummary {
  const { geometry } = planStack(slices)
  const { spacingMm, size } = geometry
  const [{ frameOfReferenceUid }] = slices
  const isOneFrame =
    frameOfReferenceUid !== '' && slices.every((slice) => slice.frameOfReferenceUid === frameOfReferenceUid)
  const [few] = describeFew(slices)
  const { score, reason } = few
    ? { score: FLAT_SCORE, reason: toFlatReason(slices.length) }
    : scoreChest(slices, spacingMm[2] * size[2], spacingMm[2])
  const place = isOneFrame ? { place: { frameOfReferenceUid, geometry } } : {}
  return { ...toBareSummary(id, slices), spacingMm, size, chestScore: score, reason, ...place }
}

/** One or two slices open as a picture. */
function describeFew(slices: readonly PlacedSlice[]): Problem[] {
  if (slices.length === 0 || slices.length >= SMALLEST_STACK) return []
  return [describeFlat(listNames(slices.map((slice) => slice.path)), slices.length)]
}

const toRefusedSummary = (id: string, group: readonly SliceHeader[], refusal: Problem): SeriesSummary => ({
  ...toBareSummary(id, group),
  spacingMm: null,
  size: null,
  chestScore: 0,
  reason: refusal.message,
})

function toTitle([first]: readonly SliceHeader[]): string {
  const numbered = `${first.bodyPart} series ${first.seriesNumber ?? first.path}`.trim()
  return first.seriesDescription || first.protocolName || numbered
}

function toBareSummary(id: string, slices: readonly SliceHeader[]) {
  const { modality, identity, kernel } = slices[0]
  const title = toTitle(slices)
  const kind = modality || '?'
  return { id, identity, format: 'dicom', kind, title, sliceCount: slices.length, kernel: kernel || null }
}

/**
 * The series' own files only, and its identity once, so that opening one series does not send the whole drop, and a
 * name as often as there are slices, to the worker again.
 */
function keepOwnFiles(slices: readonly PlacedSlice[], files: readonly SourceFile[]) {
  const own = [...new Set(slices.map((slice) => slice.fileIndex))]
  const newIndex = new Map(own.map((fileIndex, n) => [fileIndex, n]))
  return {
    files: own.map((fileIndex) => files[fileIndex]),
    slices: slices.map((slice) => ({
      ...slice,
      identity: slices[0].identity,
      fileIndex: newIndex.get(slice.fileIndex) ?? 0,
    })),
  }
}
