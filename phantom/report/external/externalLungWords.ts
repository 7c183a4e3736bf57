import type { FindingId } from '../../findings/ctRateFindings.ts'
import type { ExternalWords } from './externalWords.ts'

/** Lungs and airways in the external hospital's words. */
export const EXTERNAL_LUNG_WORDS = {
  emphysema: {
    names: [
      'emphysematous destruction',
      'obstructive lung disease with emphysema',
      'upper zone emphysema',
      'air space destruction',
    ],
    present: [
      'Lungs: [deg] emphysema.',
      'Emphysema, [deg], [at].',
      'Hyperlucent lungs, emphysematous pattern, [deg].',
      'Centrilobular lucencies, emphysema, [at].',
      'Obstructive disease: [deg] emphysematous destruction.',
    ],
    absent: [
      'Emphysema: nil.',
      'Parenchymal destruction: none.',
      'Emphysematous lucencies absent.',
      'No obstructive destruction.',
    ],
  },
  atelectasis: {
    names: ['volume loss', 'collapse', 'discoid atelectasis', 'dependent collapse', 'bandlike collapse'],
    present: [
      '[at]: collapse, [deg].',
      '[deg] loss of volume, [at].',
      'Atelectasis, [at], [deg].',
      'Bandlike densities of atelectasis, [at].',
      'Underinflation and crowding, [at], atelectatic.',
    ],
    absent: [
      'Collapse: nil.',
      'Lungs: full inflation.',
      'Volumes preserved, collapse absent.',
      'Atelectatic bands: none.',
    ],
  },
  lung_nodule: {
    names: ['pulmonary nodule', 'rounded nodule', 'nodular focus', 'solitary nodule', 'solid focus'],
    present: [
      '[at]: nodule, [mmword].',
      'Nodule, [at], [mmword] diameter.',
      '[mmword] solid focus, [at], nodular.',
      'Rounded nodular density, [at], [mmword].',
      'Indeterminate nodule, [at], [mmword], short interval imaging advised.',
    ],
    absent: [
      'Nodules: nil.',
      'Lungs: nodular focus absent.',
      'Nodular disease: none.',
      'No rounded density in either lung.',
    ],
  },
  lung_opacity: {
    names: ['ground glass change', 'hazy density', 'patchy airspace opacity', 'hazy infiltrate', 'opacification'],
    present: [
      '[at]: ground glass change.',
      'Hazy opacification, [at].',
      'Patchy airspace opacity, [at], infection favored.',
      'Opacities, ground glass type, [at].',
      'Hazy infiltrate, [at], nonspecific.',
    ],
    absent: [
      'Opacification: nil.',
      'Lungs: hazy density absent.',
      'Ground glass change: none.',
      'Airspaces: lucent, no infiltrate.',
    ],
  },
  pulmonary_fibrotic_sequela: {
    names: ['parenchymal scar', 'fibrous scarring', 'chronic fibrotic change', 'postinflammatory scar'],
    present: [
      '[at]: scarring with distortion, chronic.',
      'Chronic fibrotic scar, [at].',
      'Fibrous strands and scarring, [at], old.',
      'Postinflammatory scar, [at], [deg].',
      'Interstitial fibrosis, [deg], [at].',
    ],
    absent: [
      'Scarring: nil.',
      'Fibrotic change: none.',
      'Old scars absent.',
      'Architecture preserved, no fibrous change.',
    ],
  },
  mosaic_attenuation_pattern: {
    names: ['mosaic lung density', 'patchwork attenuation', 'lobular air trapping', 'mosaic pattern of attenuation'],
    present: [
      'Lungs: mosaic density, [deg].',
      'Patchwork of light and dark lobules, mosaic type, [at].',
      'Air trapping, [deg], mosaic attenuation, [at].',
      'Inhomogeneous aeration, mosaic pattern, [at].',
    ],
    absent: ['Mosaic density: nil.', 'Aeration uniform.', 'Air trapping: none.', 'Lung density even, mosaic absent.'],
  },
  peribronchial_thickening: {
    names: ['airway wall thickening', 'bronchial cuffing', 'thick bronchial walls', 'bronchial inflammation'],
    present: [
      'Airways: [deg] wall thickening, [at].',
      'Bronchial cuffing, [at], [deg].',
      'Thick bronchial walls, [at], bronchitic.',
      'Inflamed airways, walls [degly] thick, [at].',
    ],
    absent: [
      'Airway walls: thin.',
      'Bronchial cuffing: nil.',
      'Airways: walls unremarkable.',
      'Wall thickening of bronchi absent.',
    ],
  },
  consolidation: {
    names: ['airspace consolidation', 'dense airspace disease', 'pneumonic density', 'alveolar filling'],
    present: [
      '[at]: dense consolidation, air bronchogram.',
      'Airspace disease, confluent, [at], consolidated.',
      'Pneumonia, [at], consolidated lung.',
      'Alveolar filling, dense, [at].',
      'Consolidation, [at], treat and reimage.',
    ],
    absent: ['Consolidation: nil.', 'Airspace disease: none.', 'Alveolar filling absent.', 'Pneumonic density: none.'],
  },
  bronchiectasis: {
    names: ['bronchial widening', 'ectatic bronchi', 'airway dilatation', 'tubular bronchiectasis'],
    present: [
      'Airways: bronchiectasis, [at], [deg].',
      'Ectatic bronchi, [at].',
      'Airway dilatation, [deg], [at], signet rings.',
      'Wide bronchi, fail to taper, [at].',
    ],
    absent: [
      'Bronchial widening: nil.',
      'Airways: taper normally.',
      'Ectatic bronchi: none.',
      'Bronchial calibre unremarkable.',
    ],
  },
  interlobular_septal_thickening: {
    names: ['septal prominence', 'thick interlobular septa', 'interstitial edema', 'reticular septal lines'],
    present: [
      '[at]: septal lines, [deg].',
      'Thick septa, [at], congestive pattern.',
      'Interstitial edema, [deg], Kerley lines.',
      'Septal prominence, [at], [deg].',
    ],
    absent: ['Septal prominence: nil.', 'Septa: thin.', 'Interstitial edema: none.', 'Kerley lines absent.'],
  },
} as const satisfies Partial<Record<FindingId, ExternalWords>>
