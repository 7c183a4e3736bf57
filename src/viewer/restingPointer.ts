import type { Vec3 } from '../domain/volume/volume.ts'
import type { CanvasPoint } from './layers/layer.ts'
import type { ViewListener, ViewPointer } from './listenToView.ts'
import type { Tool, ToolPointer } from './tools/tool.ts'
import type { ViewerPane } from './viewer.ts'

export interface PointerHost {
  readonly tool: Tool
  /** What lies there in the plane that a pane shows; null where no volume is visible. */
  toPatient(paneId: string, at: CanvasPoint): Vec3 | null
  onActive(paneId: string): void
  /** The pointer rests over a point of a pane; null: over none. */
  onRest(paneId: string | null, pointLpsMm: Vec3 | null): void
}

/** Where the pointer rests over the views of one viewer. What it does there is the active tool's, which hears nothing of a still. */
export class RestingPointer {
  readonly #host: PointerHost
  #last: { readonly paneId: string; readonly at: CanvasPoint } | null = null

  constructor(host: PointerHost) {
    this.#host = host
  }

  /** The pane that the pointer rests over, or pressed last. */
  get paneId(): string | null {
    return this.#last?.paneId ?? null
  }

  /** Whatever moved the picture, a wheel, a key or code: a pointer that rests lies over something else now. `paneId`: in that pane alone. */
  tellAgain(paneId?: string): void {
    if (paneId !== undefined && paneId !== this.#last?.paneId) return
    if (this.#last) this.#host.onRest(this.#last.paneId, this.#host.toPatient(this.#last.paneId, this.#last.at))
    else this.#host.onRest(null, null)
  }

  toListener(pane: ViewerPane): ViewListener {
    const tell = (pointer: ViewPointer, act: (pointer: ToolPointer) => void) => {
      const pointLpsMm = this.#host.toPatient(pane.id, pointer.at)
      if (pointLpsMm) act({ ...pointer, pane, pointLpsMm })
    }
    const rest = ({ at }: ViewPointer) => {
      this.#last = { paneId: pane.id, at }
    }
    const { onActive, onRest } = this.#host
    return {
      onDown: (pointer) =>
        tell(pointer, (whole) => {
          onActive(pane.id)
          this.#host.tool.down(whole)
        }),
      onMove: (pointer) => {
        if (!pointer.isTouch) rest(pointer)
        tell(pointer, (whole) => {
          if (!pointer.isTouch) onRest(pane.id, whole.pointLpsMm)
          this.#host.tool.move(whole)
        })
      },
      onUp: (pointer) => tell(pointer, (whole) => this.#host.tool.up(whole)),
      onWheel: (pointer, deltaPx) => {
        rest(pointer)
        tell(pointer, (whole) => {
          onActive(pane.id)
          this.#host.tool.wheel(whole, deltaPx)
        })
      },
      onLeave: () => {
        this.#last = null
        onRest(null, null)
      },
      onCancel: () => this.#host.tool.abandon(),
    }
  }
}
