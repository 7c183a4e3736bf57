import { type Layout, type Pane, panesOf, toBeside, toCounterpart, toMaximised } from '../domain/layout/layout.ts'
import type { AppState } from './appState.ts'
import { selectIsComparing } from './selectors.ts'

/** The same layout for the same question, so that a component is drawn only when its layout changes. */
function remember(derive: (layout: Layout, paneId: string) => Layout): typeof derive {
  const known = new WeakMap<Layout, Map<string, Layout>>()
  return (layout, paneId) => {
    const ofLayout = known.get(layout) ?? new Map<string, Layout>()
    known.set(layout, ofLayout)
    const derived = ofLayout.get(paneId) ?? derive(layout, paneId)
    ofLayout.set(paneId, derived)
    return derived
  }
}

const rememberedBeside = remember((layout) => toBeside(layout))

/** Also finds a pane of a study that is no longer beside. */
const findPane = (layout: Layout, paneId: string): Pane => {
  const { panes } = rememberedBeside(layout, '')
  return panes.find(({ id }) => id === paneId) ?? panes[0]
}

const rememberedMaximised = remember((layout, paneId) => toMaximised(layout, findPane(layout, paneId)))

/** All panes that the studies on screen have, whether one is large or not. */
export const selectLayout = (state: AppState): Layout =>
  selectIsComparing(state) ? rememberedBeside(state.view.layout, '') : state.view.layout

/** The panes that are on screen now. */
export function selectShownLayout(state: AppState): Layout {
  const { maximisedPaneId } = state.view
  const layout = selectLayout(state)
  return maximisedPaneId === null ? layout : rememberedMaximised(layout, maximisedPaneId)
}

/** The pane that keys scroll and that is named as the place of what is said. */
export function selectActivePane(state: AppState): Pane {
  const layout = selectLayout(state)
  const pane = findPane(state.view.layout, state.view.activePaneId)
  return panesOf(layout, pane.study).includes(pane) ? pane : toCounterpart(layout, pane, 'current')
}

/** The pane of the active study that shows a plane. */
export function selectPaneOfPlane(state: AppState, plane: Pane['plane']): Pane | null {
  const active = selectActivePane(state)
  return panesOf(selectLayout(state), active.study).find((pane) => pane.plane === plane) ?? null
}

/** The pane behind the active one in its study, the first behind the last. */
export function selectNextPane(state: AppState): Pane {
  const active = selectActivePane(state)
  const own = panesOf(selectLayout(state), active.study)
  return own[(own.indexOf(active) + 1) % own.length]
}
