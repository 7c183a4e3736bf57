import type { FindingId } from '../findings/finding.ts'

/** Parts of a chest CT report in the order in which they are read; findings by organ. */
export const REPORT_SECTIONS = [
  { id: 'technique', title: 'Technique' },
  { id: 'comparison', title: 'Comparison' },
  { id: 'lungs', title: 'Lungs and airways' },
  { id: 'pleura', title: 'Pleura' },
  { id: 'heart', title: 'Heart and pericardium' },
  { id: 'mediastinum', title: 'Mediastinum and vessels' },
  { id: 'chest-wall', title: 'Chest wall and bones' },
  { id: 'abdomen', title: 'Upper abdomen' },
  { id: 'other', title: 'Other findings' },
  { id: 'impression', title: 'Impression' },
] as const

export type ReportSectionId = (typeof REPORT_SECTIONS)[number]['id']

export const SECTION_IDS: readonly ReportSectionId[] = REPORT_SECTIONS.map(({ id }) => id)

/** Where a finding of CT-RATE's list (arXiv 2403.17834, table of abnormalities) is reported; one that is not listed goes by its sentence. */
const OF_FINDING: Readonly<Record<FindingId, ReportSectionId>> = {
  arterial_wall_calcification: 'mediastinum',
  cardiomegaly: 'heart',
  pericardial_effusion: 'heart',
  coronary_artery_wall_calcification: 'heart',
  hiatal_hernia: 'mediastinum',
  lymphadenopathy: 'mediastinum',
  emphysema: 'lungs',
  atelectasis: 'lungs',
  lung_nodule: 'lungs',
  lung_opacity: 'lungs',
  pulmonary_fibrotic_sequela: 'lungs',
  pleural_effusion: 'pleura',
  mosaic_attenuation_pattern: 'lungs',
  peribronchial_thickening: 'lungs',
  consolidation: 'lungs',
  bronchiectasis: 'lungs',
  interlobular_septal_thickening: 'lungs',
}

/** Words by which a sentence tells its organ, where none of its findings does. */
const CUES: readonly (readonly [ReportSectionId, RegExp])[] = [
  ['pleura', /\b(pleura\w*|effusions?|pneumothora\w*|hydrothorax|h(a)?emothorax|empyema|fissur\w*)/],
  [
    'chest-wall',
    /\b(ribs?|stern\w*|clavic\w*|scapul\w*|vertebra\w*|spin(e|al)|bon(e|es|y)|osseous|skelet\w*|thoracic cage|chest wall|soft tissues?|axill\w*|breasts?|shoulders?|fractur\w*)\b/,
  ],
  [
    'abdomen',
    /\b(abdom\w*|liver|hepat\w*|spleen|splen\w*|adrenal\w*|kidney\w*|renal|pancrea\w*|gallbladder|gallstone\w*|biliary|stomach|ascites|bowel)\b/,
  ],
  ['heart', /\b(heart|cardiac|cardiomegaly|pericardi\w*|coronar\w*|atri(al|um|a)|ventric\w*|valv\w*)\b/],
  [
    'mediastinum',
    /\b(mediastin\w*|hil(um|ar|a|us)|lymph\w*|nodes?|aort\w*|(o)?esophag\w*|thyroid|thym\w*|vessels?|pulmonary (arter|embol|trunk)\w*|embol\w*|arter(y|ies|ial)|vena cava|great vessels)\b/,
  ],
  [
    'lungs',
    /\b(lungs?|pulmonary|lob(e|es|ar|ectomy)|lingul\w*|bronch\w*|airways?|trache\w*|alveol\w*|interstiti\w*|parenchym\w*|nodules?|opacit\w*|ground.?glass|consolid\w*|emphysem\w*|atelecta\w*|infiltrat\w*|apic\w*|bas(al|es|ilar)|mosaic|honeycomb\w*|cavit\w*)\b/,
  ],
]

/** The section of a sentence: that of its first finding, else of the organ that it names first; null where it names neither. */
export function toSection(text: string, findingIds: readonly FindingId[]): ReportSectionId | null {
  const known = findingIds.map((id) => OF_FINDING[id]).find(Boolean)
  if (known) return known
  const lower = text.toLowerCase()
  const found = CUES.map(([section, cue]) => ({ section, at: lower.search(cue) })).filter(({ at }) => at >= 0)
  return found.toSorted((a, b) => a.at - b.at)[0]?.section ?? null
}
