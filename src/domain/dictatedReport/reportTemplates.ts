import type { ReportSectionId } from './reportSections.ts'

/** Sentences that are put in together. */
export interface ReportTemplate {
  readonly name: string
  readonly sentences: readonly { readonly section: ReportSectionId; readonly text: string }[]
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

export const REPORT_TEMPLATES: readonly ReportTemplate[] = [NORMAL_CHEST]

export const findTemplate = (name: string): ReportTemplate | null =>
  REPORT_TEMPLATES.find((template) => template.name === name) ?? null
