import type { FindingId } from '../findings/ctRateFindings.ts'
import type { VolumeGeometry } from '../volume/volume.ts'
import { type AnatomyParameters, createAnatomy } from './anatomy/anatomyParameters.ts'
import type { FindingDetails } from './findingDetails.ts'
import { chooseFindings } from './findings/chooseFindings.ts'
import { createRandom, type Random } from './random.ts'
import { writeCaseReport } from './report/caseReport.ts'
import type { ReportSentence } from './report/findingSentences.ts'

/** A made-up patient: small, plain data, the same for the same seed. `renderPhantom` makes the CT of it. */
export interface PhantomCase {
  readonly seed: number
  readonly anatomy: AnatomyParameters
  /** The grid the scanner reconstructs: axial slices, identity direction. */
  readonly scan: VolumeGeometry
  readonly findings: readonly FindingDetails[]
  readonly sentences: readonly ReportSentence[]
}

export function createPhantomCase(seed: number): PhantomCase {
  const random = createRandom(seed)
  const findings = chooseFindings(random.fork('findings'))
  const anatomy = createAnatomy(random.fork('anatomy'), toWishes(findings, random.fork('wishes')))
  const scan = createScanGeometry(random.fork('scan'))
  return { seed, anatomy, scan, findings, sentences: writeCaseReport(findings, random.fork('report')) }
}

export function findDetails(findings: readonly FindingDetails[], finding: FindingId): FindingDetails | undefined {
  return findings.find((details) => details.finding === finding)
}

const SCAN_COLUMNS = 320
const SCAN_SLICE_MM = 2.5

/** Field of view 335–375 mm, 118–130 slices of 2.5 mm, centred on the chest with a few mm of misplacement. */
function createScanGeometry(random: Random): VolumeGeometry {
  const pixelMm = Math.round((random.range(335, 375) / SCAN_COLUMNS) * 1000) / 1000
  const slices = 118 + random.below(13)
  const halfPlane = ((SCAN_COLUMNS - 1) / 2) * pixelMm
  const halfHeight = ((slices - 1) / 2) * SCAN_SLICE_MM
  const shift = () => Math.round(random.range(-5, 5) * 10) / 10
  return {
    size: [SCAN_COLUMNS, SCAN_COLUMNS, slices],
    spacingMm: [pixelMm, pixelMm, SCAN_SLICE_MM],
    originLpsMm: [shift() - halfPlane, shift() + 6 - halfPlane, shift() - 2 - halfHeight],
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  }
}

function toWishes(findings: readonly FindingDetails[], random: Random) {
  const grade = (finding: FindingId) => {
    const details = findDetails(findings, finding)
    return details ? { mild: 0, moderate: 1, severe: 2 }[details.severity] : -1
  }
  const heart = grade('cardiomegaly')
  const emphysema = grade('emphysema')
  const collapse = findDetails(findings, 'atelectasis')
  const lift = collapse?.kind === 'lobar' ? random.range(8, 22) : 0
  return {
    heartScale: heart < 0 ? undefined : [1.2, 1.3, 1.42][heart] + random.range(-0.03, 0.04),
    domeShiftRightMm: collapse?.side !== 'left' ? lift : 0,
    domeShiftLeftMm: collapse?.side !== 'right' ? lift : 0,
    hyperinflation: emphysema < 0 ? 0 : [0.25, 0.6, 1][emphysema],
    elderly:
      grade('arterial_wall_calcification') >= 0 ||
      grade('coronary_artery_wall_calcification') >= 0 ||
      random.chance(0.3),
  }
}
