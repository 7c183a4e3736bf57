import type { Actions } from '../commands/actions.ts'
import { tiltPlane, turnLines } from '../domain/geometry/turnPlanes.ts'
import { VIEW_PLANES, type ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { AppStore } from '../state/store.ts'

export type ObliqueActions = Pick<Actions, 'turnLines' | 'tiltPlane' | 'resetPlanes'>

export function createObliqueActions({ store }: { readonly store: AppStore }): ObliqueActions {
  const turn = (change: (planes: ViewPlanes) => ViewPlanes) => {
    // Whoever turns lines by a key wants to see them.
    store.view.setCrosshairPointed(true)
    store.patch('view', { planes: change(store.get().view.planes) })
  }
  return {
    turnLines: (view, degrees) => turn((planes) => turnLines(planes, view, degrees)),
    tiltPlane: (view, about, degrees) => turn((planes) => tiltPlane(planes, view, about, degrees)),
    resetPlanes: () => store.patch('view', { planes: VIEW_PLANES }),
  }
}
