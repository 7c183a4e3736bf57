import type { Actions } from '../commands/actions.ts'
import { type Slab, toSteppedMm } from '../domain/slab/slab.ts'
import type { ViewState } from '../state/appState.ts'
import { selectLayout } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'

export type SlabActions = Pick<Actions, 'setSlab' | 'thickenSlab' | 'spreadSlab'>

/** The slab of a pane so many steps thicker; null: thinner than a slab can be. */
export function toThicker({ slabs, lastSlab }: ViewState, paneId: string, steps: number): Slab | null {
  const thicknessMm = toSteppedMm(slabs[paneId]?.thicknessMm ?? null, steps)
  return thicknessMm === null ? null : { mode: (slabs[paneId] ?? lastSlab).mode, thicknessMm }
}

export const createSlabActions = ({ store }: { readonly store: AppStore }): SlabActions => ({
  setSlab: (paneId, slab) => store.view.setSlab(paneId, slab),
  thickenSlab: (paneId, steps) => store.view.setSlab(paneId, toThicker(store.get().view, paneId, steps)),
  spreadSlab(paneId) {
    const slab = store.get().view.slabs[paneId] ?? null
    for (const { id } of selectLayout(store.get()).panes) store.view.setSlab(id, slab)
  },
})
