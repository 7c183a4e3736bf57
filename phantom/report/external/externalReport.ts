import type { FindingDetails } from '../../findingDetails.ts'
import { FINDING_IDS, type FindingId } from '../../findings/ctRateFindings.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import type { ReportSentence } from '../findingSentences.ts'
import { writeExternalAbsent, writeExternalPresent } from './externalSentences.ts'

/** The order in which the external hospital walks through the chest. */
const ORGAN_ORDER: readonly FindingId[] = [
  'medical_material',
  'pleural_effusion',
  'consolidation',
  'lung_opacity',
  'lung_nodule',
  'atelectasis',
  'emphysema',
  'pulmonary_fibrotic_sequela',
  'interlobular_septal_thickening',
  'mosaic_attenuation_pattern',
  'bronchiectasis',
  'peribronchial_thickening',
  'lymphadenopathy',
  'cardiomegaly',
  'pericardial_effusion',
  'coronary_artery_wall_calcification',
  'arterial_wall_calcification',
  'hiatal_hernia',
]

const TALK = [
  'Thyroid: negative.',
  'Osseous structures: age related change.',
  'Included upper abdomen: negative.',
  'Adrenals: negative.',
  'Trachea: midline.',
  'Noncontrast acquisition, five millimeter reformats.',
  'Correlate clinically.',
  'Prior imaging: not on file.',
  'Dose reduction technique applied.',
  'Breathing artifact noted.',
  'Spine: multilevel spondylosis.',
]
const SEVERITY_ORDER = { severe: 0, moderate: 1, mild: 2 } as const

/**
 * A report of the external hospital: impression first with up to three findings, the gravest first, then the body organ by
 * organ with the other findings and some denials, then a remark or two.
 */
export function writeExternalReport(findings: readonly FindingDetails[], random: Random): ReportSentence[] {
  const grave = [...findings].sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity])
  const first = grave.slice(0, Math.min(1 + random.below(3), grave.length))
  const say = (details: FindingDetails): ReportSentence => ({
    text: writeExternalPresent(details, random),
    states: { [details.finding]: 'present' },
  })
  const present = new Map(findings.map((details) => [details.finding, details]))
  const absent = random.shuffle(FINDING_IDS.filter((finding) => !present.has(finding)))
  const denied = new Set(absent.slice(0, 3 + random.below(4)))
  const body = ORGAN_ORDER.flatMap((finding): ReportSentence[] => {
    const details = present.get(finding)
    if (details) return first.includes(details) ? [] : [say(details)]
    return denied.has(finding) ? [{ text: writeExternalAbsent(finding, random), states: { [finding]: 'absent' } }] : []
  })
  const talk = (text: string): ReportSentence => ({ text: expandTemplate(text, null, random), states: {} })
  const impression = first.length > 0 ? first.map(say) : [talk('{Negative study|Unremarkable chest}.')]
  const remarks = random
    .shuffle(TALK)
    .slice(0, 1 + random.below(2))
    .map(talk)
  return [
    talk('{Impression|Summary|Bottom line}.'),
    ...impression,
    talk('{Detail|Body|Narrative}.'),
    ...body,
    ...remarks,
  ]
}
