import { VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { PaneLook } from './shownVolume.ts'
import type { ViewerPane } from './viewer.ts'

/** The slabs that the panes of a viewer show. */
export class PaneSlabs {
  #slabs: Readonly<Record<string, Slab>> = {}

  of(paneId: string): Slab | null {
    return this.#slabs[paneId] ?? null
  }

  lookOf({ id, plane }: ViewerPane): PaneLook {
    return { normal: VIEW_PLANES[plane].normal, slab: this.of(id) }
  }

  /** Gives whether a pane shows something else now. */
  set(slabs: Readonly<Record<string, Slab>>): (paneId: string) => boolean {
    const before = this.#slabs
    this.#slabs = slabs
    return (paneId) => before[paneId] !== slabs[paneId]
  }
}
