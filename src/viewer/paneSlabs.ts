import type { Slab } from '../domain/slab/slab.ts'

/** The slabs that the panes of a viewer show. */
export class PaneSlabs {
  #slabs: Readonly<Record<string, Slab>> = {}

  of(paneId: string): Slab | null {
    return this.#slabs[paneId] ?? null
  }

  /** Gives whether a pane shows something else now. */
  set(slabs: Readonly<Record<string, Slab>>): (paneId: string) => boolean {
    const before = this.#slabs
    this.#slabs = slabs
    return (paneId) => before[paneId] !== slabs[paneId]
  }
}
