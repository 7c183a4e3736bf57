/**
 * The 18 abnormalities of CT-RATE in the order of its label columns (CT-CLIP, arXiv 2403.17834, zero-shot script).
 * Every array of 18 in VoxCT (labels, prompts, masks) follows this order.
 */
export const CT_RATE_FINDINGS = [
  { id: 'medical_material', label: 'Medical material' },
  { id: 'arterial_wall_calcification', label: 'Arterial wall calcification' },
  { id: 'cardiomegaly', label: 'Cardiomegaly' },
  { id: 'pericardial_effusion', label: 'Pericardial effusion' },
  { id: 'coronary_artery_wall_calcification', label: 'Coronary artery wall calcification' },
  { id: 'hiatal_hernia', label: 'Hiatal hernia' },
  { id: 'lymphadenopathy', label: 'Lymphadenopathy' },
  { id: 'emphysema', label: 'Emphysema' },
  { id: 'atelectasis', label: 'Atelectasis' },
  { id: 'lung_nodule', label: 'Lung nodule' },
  { id: 'lung_opacity', label: 'Lung opacity' },
  { id: 'pulmonary_fibrotic_sequela', label: 'Pulmonary fibrotic sequela' },
  { id: 'pleural_effusion', label: 'Pleural effusion' },
  { id: 'mosaic_attenuation_pattern', label: 'Mosaic attenuation pattern' },
  { id: 'peribronchial_thickening', label: 'Peribronchial thickening' },
  { id: 'consolidation', label: 'Consolidation' },
  { id: 'bronchiectasis', label: 'Bronchiectasis' },
  { id: 'interlobular_septal_thickening', label: 'Interlobular septal thickening' },
] as const

export type FindingId = (typeof CT_RATE_FINDINGS)[number]['id']

export const FINDING_IDS: readonly FindingId[] = CT_RATE_FINDINGS.map((finding) => finding.id)
