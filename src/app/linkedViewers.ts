import type { Problem } from '../base/result.ts'
import { type Span, toSameHeight } from '../domain/ct/chestRegion/lungSpan.ts'
import { type Layout, panesOf, type StudyRole, toBoth } from '../domain/layout/layout.ts'
import { toObliqueText } from '../domain/layout/obliqueText.ts'
import type { MeasureAct } from '../domain/measure/measure.ts'
import { turn, zoomBy } from '../domain/solid/solidLook.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import { toOtherPlace } from '../domain/study/priorLink.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { findWindowPreset } from '../domain/volume/windowPresets.ts'
import type { ViewState } from '../state/appState.ts'
import { selectActivePane, selectSituation } from '../state/layoutSelectors.ts'
import { selectPlaces, selectQueryParts } from '../state/querySelectors.ts'
import { selectBesideMeasures, selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'
import { createSolidViewer, createViewer } from '../viewer/createViewer.ts'
import type { SolidEvents } from '../viewer/solid/solidViewer.ts'
import type { ViewerEvents } from '../viewer/viewer.ts'
import { toThicker } from './slabActions.ts'

const toTrouble = (message: string): Problem => ({
  code: 'rendering',
  message,
  nextStep: 'If the views stay empty, reload the page: the dictation is kept.',
})

/** How high the lungs of a study on screen lie, or the whole of it; null where it is not there. */
type ToSpan = (role: StudyRole) => Span | null

/** A study that is locked to the other shows the same place; one that is linked what lies as high between base and apex of its lungs. */
function followInOther(store: AppStore, name: StudyRole, point: Vec3, other: Viewers[StudyRole], toSpan: ToSpan) {
  const { view, desk } = store.get()
  const place = desk.prior && toOtherPlace(desk.prior, name, point)
  const otherName = name === 'current' ? 'comparison' : 'current'
  if (place) return tellOutside(store, other.followPoint(place) ? null : otherName)
  tellOutside(store, null)
  if (!view.isScrollLinked || desk.comparisonId === null) return
  const [from, to] = [toSpan(name), toSpan(otherName)]
  const there = store.readout.getState().viewers[otherName].crosshairLpsMm
  if (from && to && there) other.followPoint([there[0], there[1], toSameHeight(point[2], from, to)])
}

function tellOutside(store: AppStore, outside: StudyRole | null): void {
  const { prior } = store.get().desk
  if (prior && prior.outside !== outside) store.patch('desk', { prior: { ...prior, outside } })
}

/** A prior goes along with whatever moves the study. */
const isLocked = (store: AppStore): boolean => (store.get().desk.prior?.lock ?? 'none') !== 'none'

/** What a person does in the views that is no matter of the views alone, and what they need to know of the studies. */
export interface ViewerWishes {
  readonly toSpan: ToSpan
  onPlace(pointLpsMm: Vec3): void
  onMeasure(act: MeasureAct): void
}

/** Events of one viewer as numbers in the read-outs; a window set in one viewer is set in both. */
function toEvents(
  store: AppStore,
  name: StudyRole,
  viewers: () => Viewers,
  { onPlace, onMeasure, toSpan }: ViewerWishes,
): ViewerEvents {
  const other = () => viewers()[name === 'current' ? 'comparison' : 'current']
  return {
    get mouse() {
      return store.get().view.mouse
    },
    onCrosshair(pointLpsMm, by) {
      store.readout.setCrosshair(name, pointLpsMm)
      if (by === 'pointed' || by === 'set') store.view.setCrosshairPointed(true)
      // A study that has just come beside begins where the other one is.
      const { current } = store.readout.getState().viewers
      if (by === 'shown' && name === 'comparison' && store.get().desk.prior && current.crosshairLpsMm)
        followInOther(store, 'current', current.crosshairLpsMm, viewers().comparison, toSpan)
      const isMoved = by === 'pointed' || by === 'scrolled' || (by === 'set' && isLocked(store))
      if (isMoved) followInOther(store, name, pointLpsMm, other(), toSpan)
    },
    onProbe: (probe) => store.readout.setProbe(name, probe),
    onWindow(widthHu, centerHu, ownerId) {
      if (ownerId !== null) return store.view.setOwnWindow(ownerId, { widthHu, centerHu })
      const { windowWidthHu, windowCenterHu } = store.get().view
      if (widthHu === windowWidthHu && centerHu === windowCenterHu) return
      store.view.setWindow(findWindowPreset(widthHu, centerHu)?.id ?? null, widthHu, centerHu)
      other().setWindow(widthHu, centerHu)
    },
    onVolume(volume) {
      if (name === 'current') viewers().solid.show(volume)
    },
    onSlice: (paneId, slice) => store.readout.setSlice(name, paneId, slice),
    onActive: (paneId) => store.view.activate(paneId),
    onTurn: (planes) => store.patch('view', { planes }),
    onSlabSteps(paneId, steps) {
      store.view.setSlab(paneId, toThicker(store.get().view, paneId, steps))
    },
    onPlace(pointLpsMm) {
      // One click is one place: the next one moves the crosshair again.
      store.patch('view', { tool: 'navigate' })
      if (name === 'current') onPlace(pointLpsMm)
    },
    onMeasure(act) {
      if (name === 'current') onMeasure(act)
    },
    onTrouble: (message) => store.notify(toTrouble(message), 'warning'),
  }
}

/** The study being read and the similar case beside it, in the panes that the layout gives them. */
export function createLinkedViewers(store: AppStore, wishes: ViewerWishes): Viewers {
  const { windowWidthHu, windowCenterHu } = store.get().view
  const options = { windowWidthHu, windowCenterHu }
  const viewers: Viewers = {
    current: createViewer(
      toEvents(store, 'current', () => viewers, wishes),
      options,
    ),
    comparison: createViewer(
      toEvents(store, 'comparison', () => viewers, wishes),
      options,
    ),
    solid: createSolidViewer(toSolidEvents(store)),
  }
  followLook(store, viewers)
  viewers.current.setHeatStyle(store.get().view.heatStyle)
  followLayout(store, viewers)
  followQuery(store, viewers)
  followMeasures(store, viewers)
  followPlanes(store, viewers)
  followSlabs(store, viewers)
  return viewers
}

/** What the pointer does over the drawing in space. */
const toSolidEvents = (store: AppStore): SolidEvents => ({
  onTurn: (azimuth, elevation) => store.patch('view', { solid: turn(store.get().view.solid, azimuth, elevation) }),
  onZoom: (factor) => store.patch('view', { solid: zoomBy(store.get().view.solid, factor) }),
  onStatus: (solidStatus) => store.patch('view', { solidStatus }),
})

function followLook(store: AppStore, { solid, current, comparison }: Viewers): void {
  const showWindows = () => {
    for (const viewer of [current, comparison]) viewer.setOwnWindows(store.get().view.ownWindows)
  }
  showWindows()
  store.subscribe(({ view }, before) => {
    if (view.solid !== before.view.solid) solid.setLook(view.solid)
    if (view.ownWindows !== before.view.ownWindows) showWindows()
  })
}

/** Both viewers have the panes of the layout at all times, whether a study lies beside the current one or not. */
function followLayout(store: AppStore, viewers: Viewers): void {
  const follow = (layout: Layout) => {
    const whole = toBoth(layout)
    viewers.current.setPanes(panesOf(whole, 'current'))
    viewers.comparison.setPanes(panesOf(whole, 'comparison'))
  }
  follow(store.get().view.layout)
  store.subscribe((state, before) => {
    if (state.view.layout !== before.view.layout) follow(state.view.layout)
    if (selectSituation(state) !== selectSituation(before)) store.view.hang()
  })
}

/** The pointer chooses places of the study being read alone; those that cases are searched by are marked. */
function followQuery(store: AppStore, viewers: Viewers): void {
  store.subscribe((state, before) => {
    if (state.desk.readId !== before.desk.readId) store.view.setCrosshairPointed(false)
    if (state.view.tool !== before.view.tool) viewers.current.setTool(state.view.tool)
    const query = selectQueryParts(state)
    if (query !== selectQueryParts(before)) viewers.current.setPlaces(selectPlaces(state))
  })
}

/** What is turned in one study is turned in both. */
function followPlanes(store: AppStore, { current, comparison }: Viewers): void {
  store.subscribe(({ view: { planes } }, before) => {
    if (planes !== before.view.planes) for (const viewer of [current, comparison]) viewer.setPlanes(planes)
  })
}

function followSlabs(store: AppStore, viewers: Viewers): void {
  const follow = ({ slabs }: ViewState) => {
    viewers.current.setSlabs(slabs)
    viewers.comparison.setSlabs(slabs)
  }
  follow(store.get().view)
  store.subscribe((state, before) => {
    if (state.view.slabs !== before.view.slabs) follow(state.view)
  })
}

/** Each study shows the measures of its own. */
function followMeasures(store: AppStore, viewers: Viewers): void {
  store.subscribe((state, before) => {
    const { items, selectedId, reports } = selectRead(state).measures
    const { measures } = selectRead(before)
    if (items !== measures.items || selectedId !== measures.selectedId || reports !== measures.reports)
      viewers.current.setMeasures(
        items,
        selectedId,
        reports.flatMap(({ groups }) => groups),
      )
    const beside = selectBesideMeasures(state)
    if (beside !== selectBesideMeasures(before)) viewers.comparison.setMeasures(beside, null, [])
  })
}

/** Where a person is looking: the active pane, which may be one of the case beside the study being read. */
export function toCurrentPlace(store: AppStore): StudyPlace | null {
  const { comparisonId } = store.get().desk
  const { id, study, plane } = selectActivePane(store.get())
  const { slices, crosshairLpsMm } = store.readout.getState().viewers[study]
  const slice = slices[id]
  if (!slice || !crosshairLpsMm) return null
  // Of a plane that was turned no number would lead back: the point does.
  const isPlain = toObliqueText(plane, store.get().view.planes[plane]) === null
  const place = { orientation: plane, sliceNumber: isPlain ? slice.number : null, pointLpsMm: crosshairLpsMm }
  return study === 'comparison' && comparisonId !== null ? { ...place, studyId: comparisonId } : place
}
