/** A coded concept (PS3.16): DCM, SNOMED CT (SCT), UCUM or LOINC. */
export interface Code {
  readonly value: string
  readonly scheme: string
  readonly meaning: string
}

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })
const sct = (value: string, meaning: string): Code => ({ value, scheme: 'SCT', meaning })
const ucum = (value: string, meaning: string): Code => ({ value, scheme: 'UCUM', meaning })

/** Concepts of TID 1500 (Measurement Report) and the templates it includes. */
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
  ct: { value: '25045-6', scheme: 'LN', meaning: 'CT unspecified body region' },
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

/** SNOMED CT codes, as PS3.16 has them, by the ids that packs give to findings; a finding without one goes out as text. */
const FINDING_CODES: Readonly<Record<string, Code>> = {
  pleural_effusion: sct('60046008', 'Pleural effusion'),
  pericardial_effusion: sct('373945007', 'Pericardial effusion'),
  lymphadenopathy: sct('30746006', 'Lymphadenopathy'),
}

export const toFindingCode = (id: string): Code | null => FINDING_CODES[id] ?? null
