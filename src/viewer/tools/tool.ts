import type { MouseBindings } from '../../domain/layout/mouse.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { CanvasPoint, Layer } from '../layers/layer.ts'
import type { ViewerPane } from '../viewer.ts'

/** The pointer over a pane that shows a volume. */
export interface ToolPointer {
  readonly pane: ViewerPane
  readonly at: CanvasPoint
  /** What lies there in the plane that is shown; may be outside the volume. */
  readonly pointLpsMm: Vec3
  /** Tells fingers apart. */
  readonly pointerId: number
  readonly isTouch: boolean
  /** As in the DOM: 0 left, 1 middle, 2 right; −1 for a move. */
  readonly button: number
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  /** Over a handle of a layer. */
  readonly isOnHandle?: true
}

/**
 * What the pointer does. The viewer has one active tool, which gets every event of the pointer over every pane while a
 * volume is visible, the whole press with the pane where it began. The layers of all tools are drawn, active or not.
 */
export interface Tool {
  readonly id: string
  /** CSS cursor over the panes. */
  readonly cursor: string
  down(pointer: ToolPointer): void
  /** Also without a press. */
  move(pointer: ToolPointer): void
  up(pointer: ToolPointer): void
  /** Positive is the wheel turned towards the user, or two fingers moved up on a touchpad. */
  wheel(pointer: ToolPointer, deltaPx: number): void
  /** The browser took the pointer, or another volume comes: what is under way ends without effect. */
  abandon(): void
  /** Drawings of the tool for one pane, from back to front. */
  createLayers(): readonly Layer[]
}

/** What a tool may do with the views. Distances in CSS pixels. */
export interface ToolControls {
  readonly mouse: MouseBindings
  /** Slice numbers, as in `Viewer.scroll`. */
  scroll(paneId: string, slices: number): void
  /** Makes the slab of a pane thicker by so many steps, negative ones thinner. */
  thicken(paneId: string, steps: number): void
  pan(paneId: string, dx: number, dy: number): void
  /** More than 1 enlarges; the anchor stays where it is on screen. */
  zoom(paneId: string, factor: number, anchor: CanvasPoint): void
  dragWindow(dx: number, dy: number): void
  /** Brings the crosshair to a point; without effect outside the volume. */
  pointTo(pointLpsMm: Vec3): void
  readonly crosshairLpsMm: Vec3 | null
}
