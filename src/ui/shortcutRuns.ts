import type { FindingId } from '../domain/findings/finding.ts'
import type { AppState, Orientation, UtteranceItem } from '../state/appState.ts'
import { selectSelectedFindingId, selectSelectedUtteranceId } from '../state/selectors.ts'
import type { AppContextValue } from './appContext.ts'
import { SLICES_A_STEP_DOWN } from './viewports/scrollDirection.ts'

/* What shortcuts do that takes more than one call of an action. */

const ORIENTATIONS: readonly Orientation[] = ['axial', 'coronal', 'sagittal']

export const scrollDown =
  (steps: number) =>
  ({ store, actions }: AppContextValue) => {
    const { activeViewer, activeOrientation } = store.get().view
    actions.scrollView(activeViewer, activeOrientation, steps * SLICES_A_STEP_DOWN[activeOrientation])
  }

export function activateNextView({ store, actions }: AppContextValue): void {
  const { activeViewer, activeOrientation, maximised } = store.get().view
  const next = ORIENTATIONS[(ORIENTATIONS.indexOf(activeOrientation) + 1) % ORIENTATIONS.length]
  if (maximised) actions.maximise(next)
  actions.activateView(activeViewer, next)
}

export function toggleMaximised({ store, actions }: AppContextValue): void {
  const { maximised, activeOrientation } = store.get().view
  actions.maximise(maximised ? null : activeOrientation)
}

/** Takes the heat away, or brings that of the last finding or utterance back. */
export function toggleHeat({ store, actions }: AppContextValue): void {
  const { view, similar } = store.get()
  if (view.heat) actions.clearHeat()
  else if (similar.query.kind === 'finding') actions.selectFinding(similar.query.findingId)
  else if (similar.query.kind === 'utterance') actions.selectUtterance(similar.query.utteranceId)
  else if (similar.query.kind === 'text') actions.ask(similar.query.text)
}

/** The item a step away from the selected one, the first (or last) where none is selected. */
export function stepFrom<T>(items: readonly T[], selected: T | null, step: 1 | -1): T | undefined {
  const index = selected === null ? -1 : items.indexOf(selected)
  if (index < 0) return items.at(step === 1 ? 0 : -1)
  return items[index + step]
}

export const stepFinding =
  (step: 1 | -1) =>
  ({ store, actions }: AppContextValue) => {
    const state = store.get()
    const ids = state.findings.rows.map((row): FindingId => row.id)
    const next = stepFrom(ids, selectSelectedFindingId(state), step)
    if (next) actions.selectFinding(next)
  }

export const stepUtterance =
  (step: 1 | -1) =>
  ({ store, actions }: AppContextValue) => {
    const state = store.get()
    const ids = state.dictation.utterances.map((item: UtteranceItem) => item.id)
    const next = stepFrom(ids, selectSelectedUtteranceId(state), step)
    if (next) actions.selectUtterance(next)
  }

export const playSelected = ({ store, actions }: AppContextValue): void => {
  const id = selectSelectedUtteranceId(store.get())
  if (id) actions.playUtterance(id)
}

/** All views again where one is large; else an end to what is being opened or encoded. */
export function goBack({ store, actions }: AppContextValue): void {
  const { view, study, findings } = store.get()
  if (view.maximised) actions.maximise(null)
  else if (study.phase === 'working' || findings.phase === 'working') actions.cancelWork()
}

export const closeComparison = ({ store, actions }: AppContextValue): void => {
  if (store.get().study.comparisonPhase !== 'idle') actions.closeComparison()
}

export const togglePanel =
  (panel: keyof AppState['view']['panels']) =>
  ({ actions }: AppContextValue) =>
    actions.togglePanel(panel)

/** How long the findings panel takes to be there once it is asked for. */
const PANEL_MS = 60

/** Into the field for typed queries, where the pack can read them; a hidden panel comes back for it. */
export function focusTyped({ store, actions, inputs }: AppContextValue): void {
  const { model, view } = store.get()
  if (model.textPhase !== 'ready') return
  if (!view.panels.findings) actions.togglePanel('findings')
  const focus = () => inputs.typed.current?.select()
  if (inputs.typed.current) focus()
  else setTimeout(focus, PANEL_MS)
}
