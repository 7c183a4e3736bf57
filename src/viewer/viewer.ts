import type { BodyMask } from '../domain/ct/chestRegion/coarseBody.ts'
import type { GridFrame } from '../domain/geometry/grid.ts'
import type { Orientation, ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { Framing } from '../domain/keyImage/keyImage.ts'
import type { MouseBindings } from '../domain/layout/mouse.ts'
import type { Probe } from '../domain/layout/probe.ts'
import type { SlicePosition } from '../domain/layout/slicePosition.ts'
import type { MeasureAct, MeasureKind } from '../domain/measure/measure.ts'
import type { ReadMeasure } from '../domain/measure/readMeasure.ts'
import type { PlacedGroup } from '../domain/report/placeReport.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { ColorTable } from '../domain/volume/colorMaps.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { ShownOverlay } from './layers/overlayLayer.ts'
import type { DisplayWindow } from './tools/windowDrag.ts'

/** Heat of one direction over a volume: the values of the CT encoder's token grid, placed in the patient. */
export interface HeatOverlay extends GridFrame {
  /** Contributions to the cosine, one a token; the first axis of `tokenGrid` runs fastest: index = (c·ny + b)·nx + a. */
  readonly values: Float32Array
  readonly tokenGrid: Vec3
  /** How strongly its hottest place is drawn, 0…1 (domain/grounding/heatStrength.ts). */
  readonly strength: number
  /** Nothing is drawn outside; null: everywhere. */
  readonly body: BodyMask | null
}

/** `fog`: colours over the picture; `contour`: lines around the hottest places, which leave the picture free. */
export type HeatStyle = 'fog' | 'contour'

/** `set`: by code, to a place that is to be seen; `followed`: by code, since another viewer was scrolled; `shown`: with a new volume. */
export type CrosshairMove = 'pointed' | 'scrolled' | 'set' | 'followed' | 'shown'

export interface ViewerEvents {
  /** What buttons and wheel do; asked at every press. */
  readonly mouse: MouseBindings
  /** The crosshair moved. */
  onCrosshair(pointLpsMm: Vec3, by: CrosshairMove): void
  /** Pointer over a view; null when it leaves. */
  onProbe(probe: Probe | null): void
  /** A drag changed the window, of a pane that has its own or (`ownerId` null) the shared one; `setWindow` is not told back. */
  onWindow(widthHu: number, centerHu: number, ownerId: string | null): void
  onSlice(paneId: string, slice: SlicePosition): void
  onActive(paneId: string): void
  /** The pointer turned the lines of the crosshair: the planes that they stand for. `setPlanes` is not told back. */
  onTurn(planes: ViewPlanes): void
  /** The wheel asks for a thicker slab, or with a negative number of steps for a thinner one. */
  onSlabSteps(paneId: string, steps: number): void
  /** Another volume is visible; null: none is. */
  onVolume(volume: Volume | null): void
  /** A place was clicked with the tool `place`. */
  onPlace(pointLpsMm: Vec3): void
  /** The pointer drew, changed or chose a measure. */
  onMeasure(act: MeasureAct): void
  /** Rendering is lost or has fallen back; the message is for the user. */
  onTrouble(message: string): void
}

export type ToolId = 'navigate' | 'place' | MeasureKind

/** A view of a viewer's volume. Several may show the same plane. */
export interface ViewerPane {
  readonly id: string
  readonly plane: Orientation
}

/** The linked views of one volume. One instance a study on screen (current, comparison). */
export interface Viewer {
  /**
   * The views that there are. Those of the same id and plane stay as they are; a new one shows the volume that is shown,
   * as soon as it is drawn.
   */
  setPanes(panes: readonly ViewerPane[]): void
  /**
   * Attaches a view to an element of the page; call again after the element changed. The view is the element
   * `[data-view]` in it; its `data-volume-id` names the volume that is visible there now, as a still or drawn.
   */
  attach(paneId: string, element: HTMLDivElement): void
  detach(paneId: string): void
  /**
   * Until the volume is drawn in every view on the page, what was visible stays as a still that answers to nothing, and
   * nothing is told. Then, in one task: the new pixels are visible, `onReveal` is called, and slices, crosshair and probe
   * are told. Starts fitted, at the centre, without heat; the window stays. `isPlaceKept`: starts where the views were, in millimetres
   * of the patient and at their scale.
   *
   * A later `show`, `clear` or `dispose` overtakes: the promise resolves, `onReveal` is not called, and a still stays for
   * the `show` behind it. Rejects with a ProblemError where nothing can be drawn; the views are then empty and hidden.
   */
  show(volume: Volume, onReveal?: () => void, isPlaceKept?: boolean): Promise<void>
  /** Empties and hides the views at once. Nothing is told. */
  clear(): void
  /** The window of all panes that have none of their own. */
  setWindow(widthHu: number, centerHu: number): void
  /** Panes that do not share it, by id. */
  setOwnWindows(windows: Readonly<Record<string, DisplayWindow>>): void
  /** The slabs that panes show in place of a slice, by pane. */
  setSlabs(slabs: Readonly<Record<string, Slab>>): void
  /** The planes that the views of each orientation lie in from now on, turned about the crosshair; zoom and place stay. At first the patient's. */
  setPlanes(planes: ViewPlanes): void
  /** What the pointer does from now on; what is under way ends without effect. */
  setTool(tool: ToolId): void
  /** Marks places of the visible volume. */
  setPlaces(pointsLpsMm: readonly Vec3[]): void
  /** Draws measures of the visible volume, the chosen one with handles, and those of structured reports, which stay as they are. */
  setMeasures(measures: readonly ReadMeasure[], selectedId: string | null, reported: readonly PlacedGroup[]): void
  /** Lays segmentations over the volumes that they belong to. */
  setOverlays(overlays: readonly ShownOverlay[]): void
  /** A point outside is brought to the volume's edge, one between slices to the nearest. */
  setCrosshair(pointLpsMm: Vec3): void
  /** Moves the crosshair as another viewer was moved. False where the point lies outside the volume: the nearest place is shown. */
  followPoint(pointLpsMm: Vec3): boolean
  /** Moves the view by a number of slices, positive towards higher slice numbers. */
  scroll(paneId: string, slices: number): void
  /** Fits the views again; crosshair, window and heat stay. */
  reset(): void
  /** Lays heat over the visible volume, or removes it with null; without effect on a still. Opacity 0…1. */
  setHeat(heat: HeatOverlay | null, opacity: number): void
  /** How heat is drawn from now on. */
  setHeatStyle(style: HeatStyle): void
  /** A pane as it is drawn now, with its layers, its greys in the colours of the table; null where it shows nothing. */
  toPicture(paneId: string, colors: ColorTable | null): Promise<HTMLCanvasElement | null>
  /** What of the patient a pane shows; null where it shows nothing. */
  framing(paneId: string): Framing | null
  /** Brings a pane to show what one showed; the whole of it where the panes differ in shape. */
  frame(paneId: string, framing: Framing): void
  resize(): void
  dispose(): void
}
