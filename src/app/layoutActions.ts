import type { Actions } from '../commands/actions.ts'
import { changePane, swapPanes, toArranged } from '../domain/layout/arrangedLayout.ts'
import type { AppStore } from '../state/store.ts'

export type LayoutActions = Pick<Actions, 'chooseLayout' | 'changePane' | 'swapPanes'>

export const createLayoutActions = ({ store }: { readonly store: AppStore }): LayoutActions => ({
  chooseLayout: (layoutId) => store.view.arrange(() => toArranged(layoutId)),
  changePane: (paneId, change) => store.view.arrange((now) => changePane(now, paneId, change)),
  swapPanes: (paneId, otherId) => store.view.arrange((now) => swapPanes(now, paneId, otherId)),
})
