import type { Problem } from '../../../base/result.ts'
import type { SaltedHasher } from '../../../base/saltedHash.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SeriesSummary } from '../series.ts'
import type { SourceFile } from '../sourceFile.ts'
import { arrangeSlices } from './arrangeSlices.ts'
import { scoreChest } from './chestScore.ts'
import type { DicomSource } from './dicomSource.ts'
import { dropCopies } from './dropCopies.ts'
import { groupSlices } from './groupSlices.ts'
import { toLegacyIds } from './legacyIds.ts'
import { describeOwners, describeScans } from './ownerNotices.ts'
import { planStack } from './planStack.ts'
import { refuseSeries } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'
import { toStudyId } from './toStudyId.ts'

export interface DicomListing {
  readonly series: readonly ScannedSeries<DicomSource>[]
  readonly problems: readonly Problem[]
}

/** The series among the slices of a drop, openable or not. `SliceHeader.fileIndex` counts in `files`. */
export async function toDicomSeries(
  dropped: readonly SliceHeader[],
  files: readonly SourceFile[],
  hasher: SaltedHasher,
): Promise<DicomListing> {
  const legacyIds = toLegacyIds(dropped)
  const slices = await dropCopies(dropped, files)
  const groups = groupSlices(slices)
  const series = groups.map((group) => {
    const legacyId = group.slices.map((slice) => legacyIds.get(slice)).find((id) => id !== undefined)
    return toSeries(group.slices, files, legacyId ?? group.slices[0].path, hasher)
  })
  return { series, problems: [...describeOwners(slices), ...describeScans(groups)] }
}

function toSeries(
  group: readonly SliceHeader[],
  files: readonly SourceFile[],
  legacyId: string,
  hasher: SaltedHasher,
): ScannedSeries<DicomSource> {
  const arranged = arrangeSlices(group)
  const refusal = refuseSeries(group, arranged.slices)
  const own = refusal ? group : arranged.slices
  const id = toListingId(own, files, hasher)
  return {
    summary: refusal ? toRefusedSummary(id, group, refusal) : toSummary(id, arranged.slices),
    studyId: toStudyId(own, hasher),
    legacyId,
    refusal,
    notices: [...arranged.notices, ...describeMissingRescale(arranged.slices)],
    source: { format: 'dicom', ...keepOwnFiles(arranged.slices, files) },
  }
}

/** Of the files of this drop: scans of equal UIDs, of one drop or of two, are entries of their own. */
function toListingId(slices: readonly SliceHeader[], files: readonly SourceFile[], hasher: SaltedHasher): string {
  const own = slices.map(({ path, frameIndex, fileIndex }) => `${path} ${frameIndex} ${files[fileIndex].blob.size}`)
  return `listed-${hasher.hash(['dicom', slices[0].seriesUid, ...own])}`
}

function toSummary(id: string, slices: readonly PlacedSlice[]): SeriesSummary {
  const { geometry } = planStack(slices)
  const { score, reason } = scoreChest(slices, geometry.spacingMm[2] * geometry.size[2], geometry.spacingMm[2])
  return {
    ...toBareSummary(id, slices),
    spacingMm: geometry.spacingMm,
    size: geometry.size,
    chestScore: score,
    reason,
  }
}

const toRefusedSummary = (id: string, group: readonly SliceHeader[], refusal: Problem): SeriesSummary => ({
  ...toBareSummary(id, group),
  spacingMm: null,
  size: null,
  chestScore: 0,
  reason: refusal.message,
})

function toBareSummary(id: string, slices: readonly SliceHeader[]) {
  const [first] = slices
  const numbered = `${first.bodyPart} series ${first.seriesNumber ?? first.path}`.trim()
  const title = first.seriesDescription || first.protocolName || numbered
  const { modality, identity } = first
  const kind = modality || '?'
  return { id, identity, format: 'dicom', kind, title, sliceCount: slices.length }
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

function describeMissingRescale(slices: readonly PlacedSlice[]): Problem[] {
  const without = slices.find((slice) => !slice.format.hasRescale)
  if (!without) return []
  return [
    {
      code: 'missing-rescale',
      message: `${without.path}: the header has no rescale slope and intercept; its stored values are taken as HU.`,
      nextStep: 'Check that air reads about −1000 HU before trusting windows or scores.',
    },
  ]
}
