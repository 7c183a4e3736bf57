import type { Random } from '../random.ts'
import { expandTemplate } from './expandTemplate.ts'

/** Report sentences that say nothing of any finding: normal organs, technique, comparison. */
const REPORT_TALK = [
  'The {liver|spleen|pancreas|gallbladder|thyroid gland} is {unremarkable|normal|within normal limits}.',
  'The {adrenal glands|kidneys|upper abdominal organs|visible bones} are {unremarkable|normal}.',
  'The trachea and both main bronchi are {open|patent}.',
  'No {fracture|pneumothorax|lytic lesion|rib fracture|pulmonary embolism|adrenal mass|liver lesion} {is seen|}.',
  'There is no {pneumothorax|aneurysm|dissection|fracture|filling defect|bone destruction}.',
  'There are degenerative changes {of|in} the thoracic spine.',
  'Bone structures in the study area are {natural|intact|normal}.',
  'The {oesophagus|esophagus} is {normal|unremarkable}.',
  'The {chest wall|soft tissues|breast tissue} {is|appears} unremarkable.',
  '{Chest|Thorax} CT {was performed|was obtained} {with|without} {intravenous|} contrast.',
  'Axial images of {five|three|one} millimeter slice thickness were {obtained|reconstructed}.',
  'Technique: {helical|low dose} CT of the chest.',
  'Comparison {is made with|to} the {prior|previous} study {of last year|from March|}.',
  'No prior {study|examination|imaging} {is available|} for comparison.',
  'Clinical {indication|history|information}: {cough|chest pain|dyspnea|fever|follow up|trauma|weight loss}.',
  '{Findings|Impression|Technique|Conclusion|Comparison}{:|}',
  'The examination is {limited|degraded} by {respiratory motion|motion artefact|body habitus}.',
  'Image quality is {good|adequate|diagnostic}.',
  'Clinical correlation is {recommended|advised}.',
  'Follow up {CT|examination} in {three|six|twelve} months is {recommended|suggested}.',
  'The {diameter|calibre} of the {ascending aorta|pulmonary trunk} is {normal|within normal limits}.',
  'The {pulmonary arteries|great vessels|mediastinal vessels} are of normal {calibre|width}.',
  'There is {a cyst|a simple cyst|a hemangioma} in the {liver|left kidney|right kidney}.',
  'Gallstones are {seen|noted}.',
  'Fatty liver is {noted|seen}.',
  'The stomach is filled with {fluid|food}.',
  'The {scapulae|clavicles|ribs} are {intact|unremarkable}.',
  'Rule out {pneumonia|metastases|embolism|malignancy}.',
  'Question of {infection|malignancy|interstitial disease}.',
  'The patient has {a history of|} {lymphoma|breast cancer|smoking|asthma|hypertension}.',
  'The diaphragm is {normal|smooth}.',
  'Thank you for {the referral|referring this patient}.',
]

/** Talk that is not part of a report at all. */
const COMMAND_TALK = [
  '{Go to|Show|Open} the {next|previous|first|last} {slice|image|series|study}.',
  '{Switch to|Show me|Use} the {lung|mediastinal|bone|soft tissue} window.',
  'Zoom {in|out} {a bit|please|}.',
  '{Scroll|Move} {up|down} {slowly|please|a little|}.',
  '{Start|Stop|Pause|Resume} {dictation|recording|listening}.',
  '{Delete|Undo|Scratch} {that|the last sentence}.',
  '{Hide|Show|Toggle} the {overlay|heat map|annotations|crosshair}.',
  'Find {similar cases|similar studies}.',
  '{New paragraph|New line|Next section|End of report}.',
  '{Okay|All right|Well}, {let me see|let us have a look|next case|one moment}.',
  '{Can you|Could you|Please} {measure this|save this|repeat that|wait a second}.',
  'Thank you {very much|}.',
  '{Hello|Good morning}, {this is|here is} {Doctor Smith|Doctor Brown|Doctor Garcia}.',
  'What {is|was} the patient {name|number|age}?',
  'I will {call|be right|check} {back|it later}.',
  'The patient is {fifty two|sixty seven|thirty four|seventy one} years old.',
  '{Coffee|Lunch} is at {noon|ten}.',
]

export function writeReportTalk(random: Random): string {
  return expandTemplate(random.pick(REPORT_TALK), null, random)
}

export function writeOtherTalk(random: Random): string {
  return random.chance(0.68) ? writeReportTalk(random) : expandTemplate(random.pick(COMMAND_TALK), null, random)
}
