/** A coded concept (PS3.16): DCM, SNOMED CT (SCT), UCUM or LOINC (LN). */
export interface Code {
  readonly value: string
  readonly scheme: string
  readonly meaning: string
}

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })
const sct = (value: string, meaning: string): Code => ({ value, scheme: 'SCT', meaning })
const ln = (value: string, meaning: string): Code => ({ value, scheme: 'LN', meaning })
const ucum = (value: string, meaning: string): Code => ({ value, scheme: 'UCUM', meaning })

/** Concepts of TID 1500 (Measurement Report), of TID 2000 (Basic Diagnostic Imaging Report) and of the templates that they include. */
export const CODE = {
  ofInterest: dcm('113000', 'Of Interest'),
  keyDescription: dcm('113012', 'Key Object Description'),
  report: dcm('126000', 'Imaging Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  english: { value: 'en-US', scheme: 'RFC5646', meaning: 'English (United States)' },
  observerType: dcm('121005', 'Observer Type'),
  device: dcm('121007', 'Device'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  personName: dcm('121008', 'Person Observer Name'),
  procedure: dcm('121058', 'Procedure reported'),
  ct: ln('25045-6', 'CT unspecified body region'),
  library: dcm('111028', 'Image Library'),
  libraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  ctModality: dcm('CT', 'Computed Tomography'),
  frameOfReference: dcm('112227', 'Frame of Reference UID'),
  measurements: dcm('126010', 'Imaging Measurements'),
  group: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  findingSite: sct('363698007', 'Finding Site'),
  comment: dcm('121106', 'Comment'),
  region: dcm('111030', 'Image Region'),
  source: dcm('121112', 'Source of Measurement'),
  derivation: dcm('121401', 'Derivation'),
  length: sct('410668003', 'Length'),
  longAxis: sct('103339001', 'Long Axis'),
  shortAxis: sct('103340004', 'Short Axis'),
  angle: sct('1483009', 'Angle'),
  area: sct('42798000', 'Area'),
  volume: sct('118565006', 'Volume'),
  diameter: sct('81827009', 'Diameter'),
  attenuation: dcm('112031', 'Attenuation Coefficient'),
  mean: sct('373098007', 'Mean'),
  sd: sct('386136009', 'Standard Deviation'),
  min: sct('255605001', 'Minimum'),
  max: sct('56851009', 'Maximum'),
  diagnosticReport: ln('18748-4', 'Diagnostic Imaging Report'),
  findings: ln('59776-5', 'Findings'),
  impressions: ln('19005-8', 'Impressions'),
  procedures: ln('55111-9', 'Current Procedure Descriptions'),
  priorProcedures: ln('55114-3', 'Prior Procedure Descriptions'),
  keyImages: ln('55113-5', 'Key Images'),
  impression: dcm('121073', 'Impression'),
  procedureDescription: dcm('121065', 'Procedure Description'),
  presence: dcm('121052', 'Presence of property'),
  present: sct('52101004', 'Present'),
  absent: sct('272519000', 'Absent'),
  undetermined: sct('373068000', 'Undetermined'),
  laterality: sct('272741003', 'Laterality'),
  left: sct('7771000', 'Left'),
  right: sct('24028007', 'Right'),
  bilateral: sct('51440002', 'Bilateral'),
  /** No standard concept says how a two-point line lies in the patient; without it a plane could only be guessed. */
  drawing: { value: 'drawing', scheme: '99VOXCT', meaning: 'Kind and plane of the drawing' },
} as const satisfies Record<string, Code>

export const UNIT = {
  mm: ucum('mm', 'millimeter'),
  mm2: ucum('mm2', 'square millimeter'),
  mm3: ucum('mm3', 'cubic millimeter'),
  deg: ucum('deg', 'degree'),
  HU: ucum("[hnsf'U]", 'Hounsfield unit'),
} as const satisfies Record<string, Code>

/**
 * Findings by the ids that packs give to them, as PS3.16 codes them (effusions, lymphadenopathy; of CID 6102 opacity and mosaic pattern),
 * else as SNOMED CT's international edition does. A finding that neither names as CT-RATE means it has none and goes out as text.
 */
const FINDING_CODES: Readonly<Record<string, Code>> = {
  cardiomegaly: sct('8186001', 'Cardiomegaly'),
  pericardial_effusion: sct('373945007', 'Pericardial effusion'),
  coronary_artery_wall_calcification: sct('445512009', 'Calcification of coronary artery'),
  hiatal_hernia: sct('84089009', 'Hiatal hernia'),
  lymphadenopathy: sct('30746006', 'Lymphadenopathy'),
  emphysema: sct('87433001', 'Pulmonary emphysema'),
  atelectasis: sct('46621007', 'Atelectasis'),
  lung_nodule: sct('786838002', 'Nodule of lung'),
  lung_opacity: dcm('112001', 'Opacity'),
  pleural_effusion: sct('60046008', 'Pleural effusion'),
  mosaic_attenuation_pattern: dcm('112130', 'Mosaic pattern'),
  consolidation: sct('95436008', 'Lung consolidation'),
  bronchiectasis: sct('12295008', 'Bronchiectasis'),
}

export const toFindingCode = (id: string): Code | null => FINDING_CODES[id] ?? null

/** Regions of the body (PS3.16 CID 4031, 6124): organs by the sections of a report, lobes as they are spoken of. */
export const REGION = {
  lungs: sct('39607008', 'Lung'),
  pleura: sct('3120008', 'Pleura'),
  heart: sct('80891009', 'Heart'),
  mediastinum: sct('72410000', 'Mediastinum'),
  'chest-wall': sct('78904004', 'Chest wall'),
  abdomen: sct('818981001', 'Abdomen'),
  upperLobe: sct('45653009', 'Upper lobe of lung'),
  middleLobe: sct('72481006', 'Middle lobe of right lung'),
  lowerLobe: sct('90572001', 'Lower lobe of lung'),
} as const satisfies Record<string, Code>
