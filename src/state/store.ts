import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AppState } from './appState.ts'
import { createDictationSetters, type DictationSetters } from './dictationSetters.ts'
import { INITIAL_STATE } from './initialState.ts'
import { createNoticeSetters, type NoticeSetters } from './noticeSetters.ts'
import { createReadout, type Readout } from './readout.ts'
import { createStudySetters, type StudySetters } from './studySetters.ts'
import { createViewSetters, type ViewSetters } from './viewSetters.ts'

export type SliceName = Exclude<keyof AppState, 'notices'>

export type PatchSlice = <Slice extends SliceName>(slice: Slice, change: Partial<AppState[Slice]>) => void

/** What a slice's setters work with. */
export interface SliceAccess {
  get(): AppState
  readonly patch: PatchSlice
}

/**
 * The state of the screen (a zustand vanilla store, so `useStore` takes it) with its setters beside it: the state
 * itself stays serialisable. Fits the `Screen` of the flows as it is.
 */
export interface AppStore extends StoreApi<AppState>, SliceAccess {
  readonly notify: NoticeSetters['notify']
  readonly dismissNotice: NoticeSetters['dismiss']
  readonly study: StudySetters
  readonly dictation: DictationSetters
  readonly view: ViewSetters
  /** Slice, pointer and level: what changes many times a second. */
  readonly readout: Readout
}

export function createAppStore(initial: AppState = INITIAL_STATE): AppStore {
  const api = createStore<AppState>(() => initial)
  const patch: PatchSlice = (slice, change) => {
    api.setState((state) => ({ [slice]: { ...state[slice], ...change } }) as Partial<AppState>)
  }
  const access: SliceAccess = { get: api.getState, patch }
  const { notify, dismiss } = createNoticeSetters(api)
  return {
    ...api,
    ...access,
    notify,
    dismissNotice: dismiss,
    study: createStudySetters(access),
    dictation: createDictationSetters(access),
    view: createViewSetters(access),
    readout: createReadout(),
  }
}
