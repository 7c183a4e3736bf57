import type { FindingId } from '../findings/ctRateFindings.ts'
import { paintBronchiectasis, paintPeribronchialThickening } from './airwayLesions.ts'
import { paintAorticCalcification, paintCoronaryCalcification } from './calcifications.ts'
import { paintEmphysema, paintFibrosis, paintMosaic, paintSeptalThickening } from './interstitium.ts'
import type { LesionScene } from './lesionScene.ts'
import { paintHiatalHernia, paintLymphNodes } from './mediastinum.ts'
import { paintMedicalMaterial } from './medicalMaterial.ts'
import { paintNodules } from './nodules.ts'
import { paintAtelectasis, paintConsolidation, paintLungOpacity } from './opacities.ts'
import { paintPleuralEffusion } from './pleura.ts'

type Painter = readonly [finding: FindingId, paint: (scene: LesionScene) => void]

/** Lesions of soft tissue that vessels and bones are drawn over. Heart size and pericardium are drawn with the heart. */
export const EARLY_LESIONS: readonly Painter[] = [['hiatal_hernia', paintHiatalHernia]]

/** Lesions drawn when the anatomy is complete, in this order: what covers before what must stay visible. */
export const LATE_LESIONS: readonly Painter[] = [
  ['lymphadenopathy', paintLymphNodes],
  ['pleural_effusion', paintPleuralEffusion],
  ['emphysema', paintEmphysema],
  ['mosaic_attenuation_pattern', paintMosaic],
  ['lung_opacity', paintLungOpacity],
  ['interlobular_septal_thickening', paintSeptalThickening],
  ['pulmonary_fibrotic_sequela', paintFibrosis],
  ['peribronchial_thickening', paintPeribronchialThickening],
  ['bronchiectasis', paintBronchiectasis],
  ['atelectasis', paintAtelectasis],
  ['consolidation', paintConsolidation],
  ['lung_nodule', paintNodules],
  ['arterial_wall_calcification', paintAorticCalcification],
  ['coronary_artery_wall_calcification', paintCoronaryCalcification],
  ['medical_material', paintMedicalMaterial],
]
