import type { Told } from '../base/result.ts'
import type { BroughtState } from './broughtState.ts'
import type { DeskState } from './deskState.ts'
import type { MicrophoneState } from './microphoneState.ts'
import type { ModelState } from './modelState.ts'
import type { OwnLibrariesState } from './ownLibrariesState.ts'
import type { OwnState } from './ownState.ts'
import type { RemoteState } from './remoteState.ts'
import type { StudyState } from './studyState.ts'
import type { TemplatesState } from './templatesState.ts'
import type { ViewState } from './viewState.ts'
import type { VoiceState } from './voiceState.ts'

/*
 * Everything the screen shows, small and serialisable. Volumes, tokens, embeddings and audio live outside, by id.
 * Each slice has one owner, named beside it; React reads through selectors.
 */

/** Keys as a person has set them (src/commands/keys). */
export interface KeysState {
  /** Names of the keys that replace the default ones, by entry of the command table; an empty list: no key. */
  readonly changed: Readonly<Record<string, readonly string[]>>
  /** Letters, digits and signs work without Ctrl, Alt or Cmd. */
  readonly singleCharacters: boolean
}

export interface Notice {
  readonly id: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly told: Told
}

export interface AppState {
  /** Open studies by id. Owner: each one's StudySession. */
  readonly studies: Readonly<Record<string, StudyState>>
  /** Owner: the Desk, with the flows that open studies. */
  readonly desk: DeskState
  /** Owner: the flows that load a pack; what a person chose comes from the actions. */
  readonly model: ModelState
  /** Owner: OwnFindings. */
  readonly own: OwnState
  /** Owner: OwnLibraries. */
  readonly ownLibraries: OwnLibrariesState
  /** Owner: OwnTemplates; what is bound to kinds of studies comes from the actions. */
  readonly templates: TemplatesState
  /** Small pictures of phantoms, by seed, and of listed series, by id; empty where none could be made. Owner: src/app/drawThumbnails.ts. */
  readonly pictures: {
    readonly ofSeed: Readonly<Record<string, string>>
    readonly ofSeries: Readonly<Record<string, string>>
  }
  /** Owner: RemoteLibraries; what was agreed to is kept with the settings. */
  readonly remote: RemoteState
  /** Owner: BroughtPacks. */
  readonly brought: BroughtState
  /** Owner: the composition, from what the microphone tells. */
  readonly microphone: MicrophoneState
  /** Owner: VoiceCommands; mode and leading word come from the actions. */
  readonly voice: VoiceState
  /** Owner: the setters of the view. */
  readonly view: ViewState
  /** Owner: the settings of keys. */
  readonly keys: KeysState
  /** Whoever has something to tell adds one; who has read it dismisses it. */
  readonly notices: readonly Notice[]
}

export type * from './broughtState.ts'
export type * from './deskState.ts'
export type * from './historyState.ts'
export type * from './keyImagesState.ts'
export type * from './measuresState.ts'
export type * from './microphoneState.ts'
export type * from './modelState.ts'
export type * from './ownLibrariesState.ts'
export type * from './ownState.ts'
export type * from './priorState.ts'
export type * from './progress.ts'
export type * from './remoteState.ts'
export type * from './studyState.ts'
export type * from './templatesState.ts'
export type * from './viewState.ts'
export type { VoiceState, VoiceTold } from './voiceState.ts'
