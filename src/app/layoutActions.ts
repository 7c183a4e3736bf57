import type { Actions } from '../commands/actions.ts'
import { changePane, swapPanes, toArranged } from '../domain/layout/arrangedLayout.ts'
import { cropAlong, NEW_LOOK, type SolidLook, turn, WHOLE_BOX } from '../domain/solid/solidLook.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'

interface LayoutDeps {
  readonly store: AppStore
  readonly viewers: Viewers
}

export type LayoutActions = Pick<
  Actions,
  | 'chooseLayout'
  | 'showPoint'
  | 'setCine'
  | 'toggleInvert'
  | 'toggleMagnifier'
  | 'setGround'
  | 'setColorMap'
  | 'setMouse'
  | 'changePane'
  | 'swapPanes'
  | 'toggleOwnWindow'
  | 'changeSolid'
  | 'turnSolid'
  | 'cropSolid'
  | 'resetSolid'
>

export function createLayoutActions({ store, viewers }: LayoutDeps): LayoutActions {
  const look = (change: (now: SolidLook) => SolidLook) => store.patch('view', { solid: change(store.get().view.solid) })
  return {
    chooseLayout: (layoutId) => store.view.arrange(() => toArranged(layoutId)),
    changePane: (paneId, change) => store.view.arrange((now) => changePane(now, paneId, change)),
    toggleOwnWindow(paneId) {
      const { ownWindows, windowWidthHu, windowCenterHu } = store.get().view
      const shared = { widthHu: windowWidthHu, centerHu: windowCenterHu }
      store.view.setOwnWindow(paneId, paneId in ownWindows ? null : shared)
    },
    swapPanes: (paneId, otherId) => store.view.arrange((now) => swapPanes(now, paneId, otherId)),
    setMouse: (change) => store.patch('view', { mouse: { ...store.get().view.mouse, ...change } }),
    setCine: (change) => store.patch('view', { cine: { ...store.get().view.cine, ...change } }),
    toggleInvert: () => store.patch('view', { isInverted: !store.get().view.isInverted }),
    setGround: (ground) => store.patch('view', { ground }),
    toggleMagnifier: () => store.patch('view', { isMagnified: !store.get().view.isMagnified }),
    setColorMap: (colorMap) => store.patch('view', { colorMap }),
    showPoint: (pointLpsMm) => viewers.current.setCrosshair(pointLpsMm),
    changeSolid: (change) => look((now) => ({ ...now, ...change })),
    turnSolid: (azimuthDeg, elevationDeg) => look((now) => turn(now, azimuthDeg, elevationDeg)),
    cropSolid: (axis, range) =>
      look((now) => ({ ...now, crop: axis === null ? WHOLE_BOX : cropAlong(now.crop, axis, range) })),
    resetSolid: () => look(({ presetId }) => ({ ...NEW_LOOK, presetId })),
  }
}
