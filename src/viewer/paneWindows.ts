import { type DisplayWindow, toDraggedWindow } from './tools/windowDrag.ts'

/** The windows of a viewer's panes: one that they share, and those that panes have for themselves. */
export class PaneWindows {
  #shared: DisplayWindow
  #own: Readonly<Record<string, DisplayWindow>> = {}

  constructor(shared: DisplayWindow) {
    this.#shared = shared
  }

  of(paneId: string): DisplayWindow {
    return this.#own[paneId] ?? this.#shared
  }

  /** Drags the window of a pane, or the shared one; gives what it is now, and the pane where it is that one's own. */
  drag(paneId: string | null, dx: number, dy: number): [widthHu: number, centerHu: number, ownerId: string | null] {
    const owner = paneId !== null && paneId in this.#own ? paneId : null
    const window = toDraggedWindow(this.of(owner ?? ''), dx, dy)
    if (owner === null) this.#shared = window
    else this.#own = { ...this.#own, [owner]: window }
    return [window.widthHu, window.centerHu, owner]
  }

  share(window: DisplayWindow): void {
    this.#shared = window
  }

  setOwn(own: Readonly<Record<string, DisplayWindow>>): void {
    this.#own = own
  }
}
