import type { Actions } from '../commands/actions.ts'
import { selectLayout } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'

export type PaneActions = Pick<Actions, 'resetView' | 'activatePane' | 'scrollPane' | 'goToSlice' | 'maximisePane'>

export interface PaneActionDeps {
  readonly store: AppStore
  readonly viewers: Viewers
}

/** Which pane is active, its slice, and all panes as at first. */
export function createPaneActions({ store, viewers }: PaneActionDeps): PaneActions {
  const find = (paneId: string) => selectLayout(store.get()).panes.find(({ id }) => id === paneId)
  return {
    resetView() {
      viewers.current.reset()
      viewers.comparison.reset()
    },
    activatePane: (paneId) => store.view.activate(paneId),
    scrollPane(paneId, slices) {
      const pane = find(paneId)
      if (pane) viewers[pane.study].scroll(paneId, slices)
    },
    goToSlice(paneId, number) {
      const pane = find(paneId)
      const slice = pane && store.readout.getState().viewers[pane.study].slices[paneId]
      if (pane && slice) viewers[pane.study].scroll(paneId, number - slice.number)
    },
    maximisePane: (paneId) => store.view.maximise(paneId),
  }
}
