import type { TemplateSentence } from '../domain/dictatedReport/reportTemplates.ts'
import type { StudyTypeId } from '../domain/dictatedReport/studyType.ts'

/** What a person does with templates of their own. */
export interface TemplateActions {
  /** A new one, or one in the place of that with the id; gives why it cannot be, in a sentence, or null. */
  saveTemplate(name: string, sentences: readonly TemplateSentence[], id?: string): string | null
  removeTemplate(id: string): void
  undoTemplates(): void
  /** The template that is the default for a kind of study; null: that of the app. */
  bindTemplate(type: StudyTypeId, name: string | null): void
  /** Saves all of them as a file. */
  exportTemplates(): void
  importTemplates(file: File): void
}
