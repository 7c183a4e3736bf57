import type { Problem } from '../../../base/result.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SeriesSummary } from '../series.ts'
import type { SourceFile } from '../sourceFile.ts'
import { arrangeSlices } from './arrangeSlices.ts'
import { scoreChest } from './chestScore.ts'
import { groupSlices } from './groupSlices.ts'
import { planStack } from './planStack.ts'
import { refuseSeries } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'

/** The series among the slices of a drop, openable or not. */
export function toDicomSeries(slices: readonly SliceHeader[], files: readonly SourceFile[]): ScannedSeries[] {
  const seen = new Map<string, number>()
  return groupSlices(slices).map((group) => {
    const uid = group[0].seriesUid || group[0].path
    const ordinal = (seen.get(uid) ?? 0) + 1
    seen.set(uid, ordinal)
    return toSeries(ordinal === 1 ? uid : `${uid}~${ordinal}`, group, files)
  })
}

function toSeries(id: string, group: readonly SliceHeader[], files: readonly SourceFile[]): ScannedSeries {
  const arranged = arrangeSlices(group)
  const refusal = refuseSeries(group, arranged.slices)
  return {
    summary: refusal ? toRefusedSummary(id, group, refusal) : toSummary(id, arranged.slices),
    refusal,
    notices: [...arranged.notices, ...describeMissingRescale(arranged.slices)],
    source: { format: 'dicom', ...keepOwnFiles(arranged.slices, files) },
  }
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
  return { id, format: 'dicom', title, modality: first.modality || '?', sliceCount: slices.length } as const
}

/** The series' own files only, so that opening one series does not send the whole drop to the worker again. */
function keepOwnFiles(slices: readonly PlacedSlice[], files: readonly SourceFile[]) {
  const own = [...new Set(slices.map((slice) => slice.fileIndex))]
  const newIndex = new Map(own.map((fileIndex, n) => [fileIndex, n]))
  return {
    files: own.map((fileIndex) => files[fileIndex]),
    slices: slices.map((slice) => ({ ...slice, fileIndex: newIndex.get(slice.fileIndex) ?? 0 })),
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
