import type { ReportSectionId } from './reportSections.ts'
import type { StudyTypeId } from './studyType.ts'

export interface TemplateSentence {
  readonly section: ReportSectionId
  readonly text: string
}

/** Sentences that are put in together. */
export interface ReportTemplate {
  /** As it is said: no two have one. */
  readonly name: string
  readonly sentences: readonly TemplateSentence[]
}

/** What a chest CT without a finding is reported as, organ by organ. */
export const NORMAL_CHEST: ReportTemplate = {
  name: 'Normal chest',
  sentences: [
    { section: 'lungs', text: 'The lungs are clear.' },
    { section: 'lungs', text: 'The central airways are patent.' },
    { section: 'pleura', text: 'There is no pleural effusion or pneumothorax.' },
    { section: 'heart', text: 'The heart is of normal size.' },
    { section: 'heart', text: 'There is no pericardial effusion.' },
    { section: 'mediastinum', text: 'There are no enlarged mediastinal, hilar or axillary lymph nodes.' },
    { section: 'mediastinum', text: 'The thoracic aorta is of normal calibre.' },
    { section: 'chest-wall', text: 'There is no suspicious lesion of the bones.' },
    { section: 'abdomen', text: 'The included upper abdomen is unremarkable.' },
    { section: 'impression', text: 'No acute abnormality of the chest.' },
  ],
}

const NORMAL_ANGIOGRAM: ReportTemplate = {
  name: 'Normal pulmonary angiogram',
  sentences: [
    { section: 'technique', text: 'CT of the chest after intravenous contrast, timed to the pulmonary arteries.' },
    { section: 'lungs', text: 'The lungs are clear.' },
    { section: 'pleura', text: 'There is no pleural effusion or pneumothorax.' },
    { section: 'heart', text: 'The right ventricle is not larger than the left.' },
    { section: 'heart', text: 'There is no pericardial effusion.' },
    { section: 'mediastinum', text: 'There is no filling defect in the pulmonary arteries down to segmental level.' },
    { section: 'mediastinum', text: 'The pulmonary trunk is of normal calibre.' },
    { section: 'mediastinum', text: 'There are no enlarged mediastinal or hilar lymph nodes.' },
    { section: 'chest-wall', text: 'There is no acute lesion of the bones.' },
    { section: 'abdomen', text: 'The included upper abdomen is unremarkable.' },
    { section: 'impression', text: 'No pulmonary embolism.' },
  ],
}

const NORMAL_SCREENING: ReportTemplate = {
  name: 'Normal screening',
  sentences: [
    { section: 'technique', text: 'Low-dose CT of the chest without contrast for lung cancer screening.' },
    { section: 'lungs', text: 'There is no lung nodule.' },
    { section: 'lungs', text: 'There is no emphysema.' },
    { section: 'pleura', text: 'There is no pleural effusion.' },
    { section: 'heart', text: 'There is no calcification of the coronary arteries.' },
    { section: 'mediastinum', text: 'There are no enlarged mediastinal lymph nodes.' },
    { section: 'chest-wall', text: 'There is no suspicious lesion of the bones.' },
    { section: 'abdomen', text: 'The included upper abdomen is unremarkable.' },
    { section: 'impression', text: 'No nodule that calls for anything but the next round of screening.' },
  ],
}

export const REPORT_TEMPLATES: readonly ReportTemplate[] = [NORMAL_CHEST, NORMAL_ANGIOGRAM, NORMAL_SCREENING]

/** Asked for in place of a name: what is usual for the study. */
export const DEFAULT_TEMPLATE = 'default'

/** Names of the templates that a reader has bound to kinds of studies. */
export type BoundTemplates = Readonly<Partial<Record<StudyTypeId, string>>>

const BUNDLED: BoundTemplates = { angiography: NORMAL_ANGIOGRAM.name, screening: NORMAL_SCREENING.name }

/** The template that is put in when “the default” is asked for: the reader's choice as long as it is there. */
export function toDefaultTemplate(
  type: StudyTypeId,
  bound: BoundTemplates,
  templates: readonly ReportTemplate[],
): ReportTemplate {
  const find = (name: string | undefined) => templates.find((one) => one.name === name)
  return find(bound[type]) ?? find(BUNDLED[type]) ?? NORMAL_CHEST
}
