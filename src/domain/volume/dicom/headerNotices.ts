import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'
import type { SliceGroup } from './groupSlices.ts'
import type { SliceHeader } from './sliceHeader.ts'

const namesOf = (slices: readonly SliceHeader[]): string => listNames(slices.map((slice) => slice.path))

/** What was read otherwise than the headers of a series have it, or assumed. */
export function describeHeaders({ fault }: SliceGroup, slices: readonly SliceHeader[]): Problem[] {
  return [
    ...tell(
      slices.filter((slice) => !slice.format?.hasRescale),
      describeMissingRescale,
    ),
    ...tell(
      slices.filter((slice) => slice.hasComma),
      describeCommas,
    ),
    ...tell(
      slices.filter((slice) => slice.skewDegrees !== null),
      describeSkew,
    ),
    ...tell(
      slices.filter((slice) => slice.isModalityAssumed),
      describeAssumedModality,
    ),
    ...(fault === 'no-series-uid' ? [describeMissingUid(slices)] : []),
    ...(fault === 'series-uid-a-slice' ? [describeUidASlice(slices)] : []),
    ...tell(findSharedInstances(slices), describeSharedInstances),
  ]
}

const tell = (slices: readonly SliceHeader[], toProblem: (slices: readonly SliceHeader[]) => Problem): Problem[] =>
  slices.length > 0 ? [toProblem(slices)] : []

/** Why slices whose axes are no right angle cannot be placed, or null where that is not what is wrong. */
export function refuseSkew(group: readonly SliceHeader[]): Problem | null {
  const skewed = group.filter((slice) => slice.rowLps === null && slice.skewDegrees !== null)
  if (skewed.length < group.length) return null
  return {
    code: 'skewed-axes',
    message: `${namesOf(skewed)}: the row and column directions miss the right angle by ${toDegrees(skewed)}, so places are unknown.`,
    nextStep: 'Export the series again with a sound Image Orientation (0020,0037).',
  }
}

const toDegrees = (slices: readonly SliceHeader[]): string =>
  `${Math.max(...slices.map((slice) => slice.skewDegrees ?? 0)).toFixed(1)}°`

const describeMissingRescale = ([{ path }]: readonly SliceHeader[]): Problem => ({
  code: 'missing-rescale',
  message: `${path}: the header has no rescale slope and intercept; its stored values are taken as HU.`,
  nextStep: 'Check that air reads about −1000 HU before trusting windows or scores.',
})

const describeCommas = (slices: readonly SliceHeader[]): Problem => ({
  code: 'decimal-commas',
  message: `${namesOf(slices)}: numbers of the header are written with decimal commas; they are read as points (1,25 as 1.25).`,
  nextStep: 'Check distances on the scan; the program that wrote it should be mended.',
})

const describeSkew = (slices: readonly SliceHeader[]): Problem => ({
  code: 'skewed-axes',
  message: `${namesOf(slices)}: the row and column directions miss the right angle by ${toDegrees(slices)}; the columns are turned to it.`,
  nextStep: 'Places near the rim of the picture may be off by that angle.',
})

const describeAssumedModality = (slices: readonly SliceHeader[]): Problem => ({
  code: 'modality-from-class',
  message: `${namesOf(slices)}: the header names no modality; the SOP class says CT.`,
  nextStep: 'Nothing needs to be done.',
})

const describeMissingUid = (slices: readonly SliceHeader[]): Problem => ({
  code: 'no-series-uid',
  message: `${namesOf(slices)}: the headers name no series; the slices are put together by study, number, name and place.`,
  nextStep: 'Check at the source that they are one scan.',
})

const describeUidASlice = (slices: readonly SliceHeader[]): Problem => ({
  code: 'series-uid-a-slice',
  message: `${namesOf(slices)}: each slice names a series of its own; they are put together by study, number, name and place.`,
  nextStep: 'Check at the source that they are one scan.',
})

/** Slices of single-frame files whose SOP Instance UID, which should be theirs alone, another slice has, too. */
function findSharedInstances(slices: readonly SliceHeader[]): SliceHeader[] {
  const counts = new Map<string, number>()
  const single = slices.filter(({ frameCount, sopInstanceUid }) => frameCount === 1 && sopInstanceUid !== '')
  for (const { sopInstanceUid } of single) counts.set(sopInstanceUid, (counts.get(sopInstanceUid) ?? 0) + 1)
  return single.filter(({ sopInstanceUid }) => (counts.get(sopInstanceUid) ?? 0) > 1)
}

const describeSharedInstances = (slices: readonly SliceHeader[]): Problem => ({
  code: 'shared-instance-uids',
  message: `${namesOf(slices)}: different slices bear one SOP Instance UID; they are told apart by place and content.`,
  nextStep: 'Nothing needs to be done here; an archive may keep only one of them.',
})
