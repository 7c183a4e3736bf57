import type { AppState } from '../state/appState.ts'
import type { Actions } from './actions.ts'

/** Sheets over the page, one at a time. */
export type Sheet = 'help' | 'model' | 'palette' | 'keys' | 'own' | 'libraries' | 'print' | 'templates'

/** What a command may ask of the page that is no matter of the app's state. */
export interface PageControls {
  /** Into the text of an utterance, to correct it. */
  editText(utteranceId: string): void
  /** Opens the browser's dialog for files. */
  pick(what: 'files' | 'folder' | 'audio' | 'pack' | 'ownFindings' | 'ownLibrary'): void
  /** Into the field for typed queries, as soon as it is there. */
  focusTyped(): void
  /** Opens it: the model page at the models to choose from, the help sheet at what can be said now, the templates with the report as a new one. */
  show(sheet: Sheet, part?: 'choice' | 'said' | 'new'): void
  /** Opens it, or closes it where it is open. */
  toggle(sheet: Sheet): void
  /** Asks for the slots that an entry leaves open, then runs it. */
  choose(entryId: string): void
  /** Asks the question, with `yes` on the button that runs it. */
  confirm(question: string, yes: string, run: () => void): void
}

/** What a command works with. */
export interface CommandContext {
  /** The state as it is now. */
  get(): AppState
  readonly actions: Actions
  readonly page: PageControls
}
