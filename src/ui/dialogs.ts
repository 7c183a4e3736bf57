import { createStore, type StoreApi } from 'zustand/vanilla'

/** Which sheet lies over the page: no business of the app's state, since no flow depends on it. */
export interface DialogState {
  readonly open: 'help' | 'model' | null
}

export interface DialogStore extends StoreApi<DialogState> {
  show(dialog: DialogState['open']): void
  /** Opens it, or closes it where it is open. */
  toggle(dialog: NonNullable<DialogState['open']>): void
}

export function createDialogStore(): DialogStore {
  const api = createStore<DialogState>(() => ({ open: null }))
  return {
    ...api,
    show: (open) => api.setState({ open }),
    toggle: (dialog) => api.setState(({ open }) => ({ open: open === dialog ? null : dialog })),
  }
}
