import { createStore, type StoreApi } from 'zustand/vanilla'

/** Which sheet lies over the page: no business of the app's state, since no flow depends on it. */
export interface DialogState {
  readonly open: 'help' | 'model' | null
  /** Where the model page opens: at its top, or at the models to choose from. */
  readonly part: 'choice' | null
}

export interface DialogStore extends StoreApi<DialogState> {
  show(dialog: DialogState['open'], part?: DialogState['part']): void
  /** Opens it, or closes it where it is open. */
  toggle(dialog: NonNullable<DialogState['open']>): void
}

export function createDialogStore(): DialogStore {
  const api = createStore<DialogState>(() => ({ open: null, part: null }))
  return {
    ...api,
    show: (open, part = null) => api.setState({ open, part }),
    toggle: (dialog) => api.setState(({ open }) => ({ open: open === dialog ? null : dialog, part: null })),
  }
}
