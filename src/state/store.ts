import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AppState, StudyState } from './appState.ts'
import { INITIAL_STATE } from './initialState.ts'
import { createNoticeSetters, type NoticeSetters } from './noticeSetters.ts'
import { createReadout, type Readout } from './readout.ts'
import type { PatchSlice, SliceAccess } from './sliceAccess.ts'
import { createViewSetters, type ViewSetters } from './viewSetters.ts'

/**
 * The state of the screen (a zustand vanilla store, so `useStore` takes it) with its setters beside it: the state
 * itself stays serialisable. Fits the `Screen` and the `StudyRecords` of the sessions as it is.
 */
export interface AppStore extends StoreApi<AppState>, SliceAccess {
  getStudy(id: string): StudyState | null
  putStudy(id: string, state: StudyState): void
  removeStudy(id: string): void
  readonly notify: NoticeSetters['notify']
  readonly dismissNotice: NoticeSetters['dismiss']
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
    getStudy: (id) => api.getState().studies[id] ?? null,
    putStudy: (id, study) => api.setState(({ studies }) => ({ studies: { ...studies, [id]: study } })),
    removeStudy: (id) =>
      api.setState(({ studies }) => ({
        studies: Object.fromEntries(Object.entries(studies).filter(([other]) => other !== id)),
      })),
    notify,
    dismissNotice: dismiss,
    view: createViewSetters(access),
    readout: createReadout(),
  }
}
