import type { Situation } from '../domain/layout/arrangedLayout.ts'
import {
  type Layout,
  type Pane,
  panesOf,
  SOLID_PANE_ID,
  toAlone,
  toBeside,
  toBoth,
  toCounterpart,
  toMaximised,
  toSolidAlone,
} from '../domain/layout/layout.ts'
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

const rememberedAlone = remember((layout) => toAlone(layout))
const rememberedBeside = remember((layout) => toBeside(layout))
const rememberedBoth = remember((layout) => toBoth(layout))

/** Also finds a pane of a study that is no longer beside. */
const findPane = (layout: Layout, paneId: string): Pane => {
  const { panes } = rememberedBoth(layout, '')
  return panes.find(({ id }) => id === paneId) ?? panes[0]
}

const rememberedMaximised = remember((layout, paneId) => {
  if (paneId !== SOLID_PANE_ID) return toMaximised(layout, findPane(layout, paneId))
  return layout.solid ? toSolidAlone(layout) : layout
})

/** All panes that the studies on screen have, whether one is large or not. */
export const selectLayout = (state: AppState): Layout =>
  (selectIsComparing(state) ? rememberedBeside : rememberedAlone)(state.view.layout, '')

/** The panes that are on screen now. */
export function selectShownLayout(state: AppState): Layout {
  const { maximisedPaneId } = state.view
  const layout = selectLayout(state)
  return maximisedPaneId === null ? layout : rememberedMaximised(layout, maximisedPaneId)
}

/** The pane that keys scroll and that is named as the place of what is said. */
export function selectActivePane(state: AppState): Pane {
  const layout = selectLayout(state)
  const { activePaneId } = state.view
  const shown = layout.panes.find(({ id }) => id === activePaneId)
  return shown ?? toCounterpart(layout, findPane(state.view.layout, activePaneId), 'current')
}

/** The pane of the active study that shows a plane. */
export function selectPaneOfPlane(state: AppState, plane: Pane['plane']): Pane | null {
  const active = selectActivePane(state)
  return panesOf(selectLayout(state), active.study).find((pane) => pane.plane === plane) ?? null
}

/** The pane behind the active one in its study, the first behind the last. */
export function selectNextPane(state: AppState): Pane {
  const active = selectActivePane(state)
  const layout = selectLayout(state)
  const own = layout.isMixed ? layout.panes : panesOf(layout, active.study)
  return own[(own.indexOf(active) + 1) % own.length]
}

/** What lies on screen, by which a layout is hung: beside a study that is no case of a library lies another of its patient. */
export function selectSituation(state: AppState): Situation {
  const { comparisonCaseId, openingCaseId } = state.desk
  if (!selectIsComparing(state)) return 'one'
  return comparisonCaseId === null && openingCaseId === null ? 'prior' : 'case'
}
