import { REPORT_TEMPLATES, type ReportTemplate, toDefaultTemplate } from '../domain/dictatedReport/reportTemplates.ts'
import { type StudyTypeId, toStudyType } from '../domain/dictatedReport/studyType.ts'
import type { AppState } from './appState.ts'
import { selectRead } from './selectors.ts'

/** The reader's own before those that come with the app. */
export const selectTemplates = ({ templates }: AppState): readonly ReportTemplate[] => [
  ...templates.own,
  ...REPORT_TEMPLATES,
]

/** The kind of the study that is read. */
export const selectStudyType = (state: AppState): StudyTypeId => toStudyType(selectRead(state).study?.identity ?? null)

/** What “the default” puts in for the study that is read. */
export const selectDefaultTemplate = (state: AppState): ReportTemplate =>
  toDefaultTemplate(selectStudyType(state), state.templates.bound, selectTemplates(state))
