import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { toSpokenCentimetres, toSpokenInteger } from '../spokenNumbers.ts'
import type { Clause } from './clause.ts'

interface Organ {
  readonly places: readonly string[]
  readonly findings: readonly string[]
}

/** Findings that share words with those of the chest, at places outside of it. They state no finding of the chest. */
const ORGANS: readonly Organ[] = [
  {
    places: ['in the {right|left} thyroid lobe', 'in the thyroid {gland|isthmus|}', 'of the thyroid'],
    findings: ['nodule', 'calcified nodule', 'cyst', 'goiter', 'hypodense lesion', 'mass', 'calcification'],
  },
  {
    places: ['in the {right|left} breast', 'of the {left|right} breast', 'in the breast tissue'],
    findings: ['mass', 'nodule', 'calcification', 'cyst', 'implant', 'surgical clip', 'scar'],
  },
  {
    places: ['in the {left|right} adrenal gland', 'of the {left|right} adrenal', 'in the adrenal'],
    findings: ['nodule', 'adenoma', 'mass', 'thickening', 'calcification'],
  },
  {
    places: [
      'in the {left|right} lobe of the liver',
      'in the liver',
      'in {segment|liver segment} {four|seven|eight}',
      'in the hepatic dome',
    ],
    findings: ['cyst', 'lesion', 'hemangioma', 'mass', 'metastasis', 'calcified granuloma', 'nodule', 'hypodensity'],
  },
  {
    places: ['in the spleen', 'of the spleen', 'at the splenic hilum'],
    findings: ['cyst', 'calcified granuloma', 'infarct', 'lesion', 'enlargement', 'accessory nodule'],
  },
  {
    places: ['in the {right|left} kidney', 'in the {lower|upper} pole of the {right|left} kidney', 'in both kidneys'],
    findings: ['stone', 'cyst', 'mass', 'scar', 'scarring', 'calcification', 'dilatation of the collecting system'],
  },
  {
    places: ['in the {right|left} maxillary sinus', 'in the sinuses', 'in the {ethmoid|sphenoid|frontal} sinus'],
    findings: ['mucosal thickening', 'opacification', 'opacity', 'fluid level', 'retention cyst', 'fluid'],
  },
  {
    places: [
      'in the {right|left} {shoulder|knee|hip|elbow}',
      'of the {shoulder|hip|knee} joint',
      'in the {right|left} ankle',
    ],
    findings: ['effusion', 'joint effusion', 'calcification', 'prosthesis', 'loose body', 'tendon thickening'],
  },
  {
    places: [
      'of the {thoracic|lumbar|cervical} spine',
      'at {T eight|L four|L five}',
      'in the vertebral body of {T six|T twelve}',
    ],
    findings: [
      'disc herniation',
      'compression fracture',
      'hemangioma',
      'sclerotic lesion',
      'disc bulge',
      'collapse',
      'degenerative change',
    ],
  },
  {
    places: ['in the {right|left} groin', 'at the umbilicus', 'in the abdominal wall', 'in the inguinal region'],
    findings: ['hernia', 'inguinal hernia', 'umbilical hernia', 'incisional hernia', 'scar', 'fluid collection'],
  },
  {
    places: ['in the pancreas', 'in the {head|tail} of the pancreas', 'in the gallbladder', 'in the common bile duct'],
    findings: ['stone', 'cyst', 'calcification', 'wall thickening', 'mass', 'dilatation', 'stent'],
  },
  {
    places: [
      'in the {brain|right frontal lobe|left temporal lobe|occipital lobe}',
      'in the pituitary gland',
      'in the parotid gland',
    ],
    findings: ['mass', 'lesion', 'infarct', 'nodule', 'calcification', 'cyst', 'atrophy'],
  },
  {
    places: [
      'in the pelvis',
      'in the {abdomen|peritoneal cavity}',
      'in the {uterus|ovary|prostate|bladder}',
      'in the small bowel',
    ],
    findings: ['free fluid', 'ascites', 'mass', 'cyst', 'wall thickening', 'enlargement', 'calcification'],
  },
  {
    places: [
      'in the skin',
      'in the subcutaneous tissue',
      'in the {right|left} {clavicle|scapula|humerus|femur}',
      'in the {third|fifth|eighth} rib',
    ],
    findings: ['lipoma', 'nodule', 'lytic lesion', 'fracture', 'scar', 'plate and screws', 'bone island', 'emphysema'],
  },
]
const FORMS = [
  'There is a [size] FINDING PLACE.',
  '[size] FINDING PLACE.',
  'FINDING PLACE.',
  'A FINDING is {seen|noted|present|unchanged|visible} PLACE.',
  'No FINDING PLACE.',
  'There is no FINDING PLACE.',
  'FINDING PLACE is {unchanged|stable|larger than before|not seen|no longer seen}.',
  'FINDING PLACE {cannot be excluded|has resolved|measuring [cm]}.',
  '{Known|Stable|New|Possible|Benign} FINDING PLACE.',
  'History of FINDING PLACE.',
  'The FINDING PLACE has not changed.',
]
/** Names of findings elsewhere that need no place. */
const ALONE = [
  '{Splenomegaly|Hepatomegaly|Hepatosplenomegaly} {is present|is noted|}.',
  'The {spleen|liver|thyroid|prostate} is {enlarged|mildly enlarged|not enlarged}.',
  '{Fatty liver|Hepatic steatosis|Cirrhosis|Cholelithiasis|Gallstones|Nephrolithiasis|Hydronephrosis}.',
  '{No|Small amount of|Trace} ascites.',
  '{Goiter|Multinodular goiter|Sinusitis|Scoliosis|Osteopenia|Osteoarthritis|Spondylosis}.',
  'Hip {prosthesis|replacement} on the {left|right}.',
  'Degenerative changes of {both shoulders|the spine|the lumbar spine}.',
  'The {adrenals|kidneys|pancreas|spleen|liver} {is|are} {unremarkable|normal}.',
  'Renal {cysts|stones} {bilaterally|on the left|on the right}.',
  '{No|Bilateral|Left} {gynecomastia|knee effusion|hip effusion|shoulder effusion}.',
  'Status post {cholecystectomy|nephrectomy|splenectomy|thyroidectomy|mastectomy}.',
]
/** Of the chest, yet none of the 18 findings, and normal anatomy. */
const CHEST_TALK = [
  'No {pneumothorax|rib fracture|pulmonary embolism|dissection|aneurysm|filling defect|pneumomediastinum}.',
  '{Small|Large|Tiny} {left|right} pneumothorax.',
  '{Pulmonary embolism|Filling defect} in the {right|left} {lower|upper} lobe artery.',
  'Fracture of the {fourth|sixth|ninth} rib on the {left|right}.',
  'Ascending aorta measuring {forty two|thirty eight} millimeters, {mildly dilated|normal}.',
  'The {trachea|carina|main bronchi|esophagus|diaphragm|chest wall} {is|are} {normal|midline|unremarkable|patent}.',
  'Pleural {plaque|thickening} on the {left|right}.',
  'Normal {mediastinum|hila|great vessels|thoracic inlet|bony thorax}.',
  'The {pulmonary trunk|pulmonary artery|aorta} is {normal in caliber|not dilated|of normal width}.',
  'Azygos {lobe|fissure}, a normal variant.',
]

export function writeOtherOrgan(random: Random): Clause {
  if (random.chance(0.25)) return { text: expandTemplate(random.pick(ALONE), null, random), statuses: {} }
  const organ = random.pick(ORGANS)
  const form = random
    .pick(FORMS)
    .replace('FINDING', random.pick(organ.findings))
    .replace('PLACE', random.pick(organ.places))
    .replace('[size]', `{${toSpokenInteger(3 + random.below(40))} millimeter|small|large|}`)
    .replace('[cm]', `${toSpokenCentimetres(10 + random.below(40))} centimeters`)
  return { text: expandTemplate(form, null, random), statuses: {} }
}

export function writeChestTalk(random: Random): Clause {
  return { text: expandTemplate(random.pick(CHEST_TALK), null, random), statuses: {} }
}
