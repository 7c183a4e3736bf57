import type { VolumeGeometry } from '../src/domain/volume/volume.ts'
import { type AnatomyParameters, createAnatomy } from './anatomy/anatomyParameters.ts'
import type { FindingDetails } from './findingDetails.ts'
import { chooseFindings } from './findings/chooseFindings.ts'
import type { FindingId } from './findings/ctRateFindings.ts'
import { type Population, toPopulation } from './findings/populations.ts'
import { chooseMotion, type PatientMotion } from './motion.ts'
import { createRandom, type Random } from './random.ts'
import { writeCaseReport } from './report/caseReport.ts'
import { writeExternalReport } from './report/external/externalReport.ts'
import type { ReportSentence } from './report/findingSentences.ts'
import { chooseScanner, createScanGeometry, type Scanner } from './scanners.ts'

/** A made-up patient: small, plain data, the same for the same seed. `renderPhantom` makes the CT of it. */
export interface PhantomCase {
  readonly seed: number
  readonly anatomy: AnatomyParameters
  readonly scanner: Scanner
  /** The grid the scanner reconstructs: axial slices, identity direction. */
  readonly scan: VolumeGeometry
  readonly motion: PatientMotion | null
  readonly findings: readonly FindingDetails[]
  readonly sentences: readonly ReportSentence[]
}

/** The case of a seed. The seed's split alone says which population and scanner it comes from. */
export function createPhantomCase(seed: number): PhantomCase {
  const random = createRandom(seed)
  const population = toPopulation(seed)
  const findings = chooseFindings(random.fork('findings'), population)
  const writeReport = population.id === 'external' ? writeExternalReport : writeCaseReport
  const scanner = chooseScanner(population, random.fork('scanner'))
  return {
    seed,
    anatomy: createAnatomy(random.fork('anatomy'), toWishes(findings, population, random.fork('wishes'))),
    scanner,
    scan: createScanGeometry(scanner, random.fork('scan')),
    motion: chooseMotion(random.fork('motion')),
    findings,
    sentences: writeReport(findings, random.fork('report')),
  }
}

export function findDetails(findings: readonly FindingDetails[], finding: FindingId): FindingDetails | undefined {
  return findings.find((details) => details.finding === finding)
}

function toWishes(findings: readonly FindingDetails[], population: Population, random: Random) {
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
      random.chance(population.elderlyShare),
  }
}
