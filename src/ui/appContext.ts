import { createContext, type RefObject, useContext } from 'react'
import { useStore } from 'zustand'
import type { Actions } from '../commands/actions.ts'
import type { CommandContext } from '../commands/context.ts'
import type { StudyRole } from '../domain/layout/layout.ts'
import type { AppState } from '../state/appState.ts'
import type { ReadoutState } from '../state/readout.ts'
import { type ReadStudy, selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import type { SolidViewer } from '../viewer/solid/solidViewer.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { DialogState, DialogStore } from './dialogs.ts'

export type Viewers = Readonly<Record<StudyRole, Viewer>> & { readonly solid: SolidViewer }

/** The hidden file inputs, so that buttons and keys anywhere can open them. */
export interface FileInputs {
  readonly files: RefObject<HTMLInputElement | null>
  readonly folder: RefObject<HTMLInputElement | null>
  readonly audio: RefObject<HTMLInputElement | null>
  /** The field for typed queries, which is not hidden; null where the pack has no text tower. */
  readonly typed: RefObject<HTMLInputElement | null>
  /** A file of findings of one's own. */
  readonly ownFindings: RefObject<HTMLInputElement | null>
  /** A file of a library of one's own. */
  readonly ownLibrary: RefObject<HTMLInputElement | null>
  /** Folder of a model pack. */
  readonly pack: RefObject<HTMLInputElement | null>
}

export interface AppContextValue {
  readonly store: AppStore
  readonly actions: Actions
  readonly viewers: Viewers
  readonly dialogs: DialogStore
  readonly inputs: FileInputs
  /** What commands work with: the same collaborators, without React. */
  readonly commands: CommandContext
}

export const AppContext = createContext<AppContextValue | null>(null)

export function useAppContext(): AppContextValue {
  const value = useContext(AppContext)
  if (!value) throw new Error('A component of the app stands outside of <App>.')
  return value
}

export const useActions = (): Actions => useAppContext().actions

/** Part of the state; the selector must give the same value for the same state (no new objects). */
export const useApp = <T>(selector: (state: AppState) => T): T => useStore(useAppContext().store, selector)

/** Part of what is shown of the study being read; the same rule holds. */
export const useRead = <T>(selector: (study: ReadStudy) => T): T => useApp((state) => selector(selectRead(state)))

/** A number that changes many times a second: only for leaves that show it. */
export const useReadout = <T>(selector: (state: ReadoutState) => T): T =>
  useStore(useAppContext().store.readout, selector)

export const useDialogs = <T>(selector: (state: DialogState) => T): T => useStore(useAppContext().dialogs, selector)
