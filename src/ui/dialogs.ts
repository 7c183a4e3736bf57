import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PageControls, Sheet } from '../commands/context.ts'

/** Which sheet lies over the page, and which text is being corrected: no business of the app's state, since no flow depends on it. */
export interface DialogState {
  readonly open: Sheet | null
  /** Where a sheet opens: the model page at the models to choose from, the help sheet at what can be said, the templates with a new one; null: at its top. */
  readonly part: 'choice' | 'said' | 'new' | null
  /** Entry whose slots the palette asks for; null: it offers the commands. */
  readonly choosing: string | null
  /** Utterance whose text is being corrected. */
  readonly editing: string | null
  /** Asked with yes and no, over whatever sheet is open. */
  readonly question: { readonly text: string; readonly yes: string; readonly run: () => void } | null
}

export interface DialogStore extends StoreApi<DialogState>, Pick<PageControls, 'toggle' | 'choose' | 'confirm'> {
  show(sheet: Sheet | null, part?: DialogState['part']): void
  /** Begins to correct the text of an utterance; null ends it. */
  edit(utteranceId: string | null): void
  /** Ends the question; yes runs what it was about. */
  answer(isYes: boolean): void
}

const ALONE = { part: null, choosing: null } as const

export function createDialogStore(): DialogStore {
  const api = createStore<DialogState>(() => ({ open: null, editing: null, question: null, ...ALONE }))
  return {
    ...api,
    show: (open, part = null) => api.setState({ ...ALONE, open, part }),
    edit: (editing) => api.setState({ editing }),
    toggle: (sheet) => api.setState(({ open }) => ({ ...ALONE, open: open === sheet ? null : sheet })),
    choose: (choosing) => api.setState({ ...ALONE, open: 'palette', choosing }),
    confirm: (text, yes, run) => api.setState({ question: { text, yes, run } }),
    answer(isYes) {
      const { question } = api.getState()
      api.setState({ question: null })
      if (isYes) question?.run()
    },
  }
}
