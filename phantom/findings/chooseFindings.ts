import type { FindingDetails, Lobe, Severity, Side } from '../findingDetails.ts'
import { MEDICAL_KINDS } from '../lesions/medicalMaterial.ts'
import type { Random } from '../random.ts'
import { FINDING_IDS, type FindingId } from './ctRateFindings.ts'
import { COMPANY, type Population, toBaseChances } from './populations.ts'

/** Findings of a case with side, lobes, severity and size, in CT-RATE order. */
export function chooseFindings(random: Random, population: Population): FindingDetails[] {
  const normal = random.chance(population.normalShare)
  const chances = toBaseChances(population)
  const chosen = new Set(FINDING_IDS.filter((finding) => random.chance(chances[finding])))
  for (const [given, then, chance] of COMPANY) if (random.chance(chance) && chosen.has(given)) chosen.add(then)
  if (normal) return []
  return FINDING_IDS.filter((finding) => chosen.has(finding)).map((finding) => {
    const own = random.fork(finding)
    return toDetails(finding, toSeverity(own, population.severityShares), own)
  })
}

function toSeverity(random: Random, [mild, moderate]: Population['severityShares']): Severity {
  const share = random.next()
  return share < mild ? 'mild' : share < mild + moderate ? 'moderate' : 'severe'
}

const SIDES: readonly Side[] = ['left', 'right', 'both']
const SINGLE_LOBES: readonly (readonly Lobe[])[] = [
  ['RUL'],
  ['RML'],
  ['RLL'],
  ['LUL'],
  ['LLL'],
  ['RUL'],
  ['RLL'],
  ['LUL'],
  ['LLL'],
]
const LOWER_LOBES: readonly (readonly Lobe[])[] = [['RLL'], ['LLL'], ['LLL', 'RLL']]
const UPPER_LOBES: readonly (readonly Lobe[])[] = [['RUL'], ['LUL'], ['LUL', 'RUL']]

function toDetails(finding: FindingId, severity: Severity, random: Random): FindingDetails {
  const base = { finding, severity }
  const sized = (
    mild: readonly [number, number],
    moderate: readonly [number, number],
    severe: readonly [number, number],
  ) => Math.round(random.range(...{ mild, moderate, severe }[severity]))
  switch (finding) {
    case 'medical_material':
      return { ...base, ...toMedicalKind(random) }
    case 'lymphadenopathy':
      return { ...base, ...toNodeStation(random), sizeMm: sized([13, 16], [17, 23], [24, 32]) }
    case 'lung_nodule':
      return {
        ...base,
        ...inLobes(random.pick(SINGLE_LOBES)),
        kind: random.chance(0.35) ? 'spiculated' : 'round',
        sizeMm: sized([7, 10], [11, 19], [20, 30]),
      }
    case 'pericardial_effusion':
      return { ...base, sizeMm: { mild: 6, moderate: 12, severe: 20 }[severity] + random.below(4) }
    case 'pleural_effusion':
      return { ...base, side: random.pick(SIDES) }
    case 'atelectasis':
      return { ...base, ...inLobes(random.pick(LOWER_LOBES)), kind: random.chance(0.45) ? 'lobar' : 'band' }
    case 'consolidation':
      return { ...base, ...inLobes(random.pick(SINGLE_LOBES)) }
    case 'pulmonary_fibrotic_sequela':
      return random.chance(0.5)
        ? { ...base, ...inLobes(random.pick(UPPER_LOBES)), kind: 'apical' }
        : { ...base, ...inLobes(random.pick(LOWER_LOBES)), kind: 'basal' }
    case 'emphysema':
      return random.chance(0.45) ? { ...base, ...inLobes(['LUL', 'RUL']) } : { ...base, side: 'both' }
    case 'lung_opacity':
    case 'bronchiectasis':
      return { ...base, ...toPlace(random, severity, 0.6) }
    case 'peribronchial_thickening':
    case 'mosaic_attenuation_pattern':
    case 'interlobular_septal_thickening':
      return { ...base, ...toPlace(random, severity, 0.25) }
    default:
      return base
  }
}

function toMedicalKind(random: Random): { kind: string; side?: Side } {
  const kind = random.pick(MEDICAL_KINDS)
  const side = random.chance(0.65) ? 'left' : 'right'
  return kind === 'pacemaker' || kind === 'port' || kind === 'drain' ? { kind, side } : { kind }
}

function toNodeStation(random: Random): { kind: string; side?: Side } {
  const kind = random.pick(['mediastinal', 'mediastinal', 'hilar', 'axillary'])
  return kind === 'axillary' ? { kind, side: random.pick(['left', 'right'] as const) } : { kind }
}

/** Some lobes, or a whole lung, or both lungs. */
function toPlace(random: Random, severity: Severity, lobar: number): { side: Side; lobes?: readonly Lobe[] } {
  if (random.chance(severity === 'severe' ? lobar * 0.6 : lobar)) {
    return inLobes(
      random.chance(0.5)
        ? random.pick(SINGLE_LOBES)
        : random.pick([
            ...LOWER_LOBES.slice(2),
            ...UPPER_LOBES.slice(2),
            ['RLL', 'RML'] as const,
            ['LLL', 'LUL'] as const,
          ]),
    )
  }
  return { side: random.chance(0.7) ? 'both' : random.pick(['left', 'right'] as const) }
}

function inLobes(lobes: readonly Lobe[]): { lobes: readonly Lobe[]; side: Side } {
  const left = lobes.some((lobe) => lobe.startsWith('L'))
  const right = lobes.some((lobe) => lobe.startsWith('R'))
  return { lobes, side: left && right ? 'both' : left ? 'left' : 'right' }
}
