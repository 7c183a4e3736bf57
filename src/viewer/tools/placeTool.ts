import type { Vec3 } from '../../domain/volume/volume.ts'
import type { Layer } from '../layers/layer.ts'
import { PlaceLayer } from '../layers/placeLayer.ts'
import { NavigateTool } from './navigateTool.ts'
import type { Tool, ToolControls, ToolPointer } from './tool.ts'

export interface PlaceControls extends ToolControls {
  /** A place was chosen. */
  choose(pointLpsMm: Vec3): void
  /** Places that are marked. */
  readonly placesLpsMm: readonly Vec3[]
}

/**
 * A click or a tap chooses the place that cases shall be alike to. Everything else is as the reader is used to: drags change
 * window, place and size of the picture, the wheel turns slices.
 */
export class PlaceTool implements Tool {
  readonly id = 'place'
  readonly cursor = 'cell'
  readonly #navigate: NavigateTool
  readonly #controls: PlaceControls

  constructor(controls: PlaceControls) {
    this.#controls = controls
    const pointTo = (pointLpsMm: Vec3) => controls.choose(pointLpsMm)
    // By prototype, since the crosshair is read through a getter.
    this.#navigate = new NavigateTool(Object.create(controls, { pointTo: { value: pointTo } }))
  }

  // Shift would make the crosshair follow the pointer: here it does not, so that one click chooses one place.
  down(pointer: ToolPointer): void {
    this.#navigate.down({ ...pointer, shift: false })
  }

  move(pointer: ToolPointer): void {
    this.#navigate.move({ ...pointer, shift: false })
  }

  up(pointer: ToolPointer): void {
    this.#navigate.up(pointer)
  }

  wheel(pointer: ToolPointer, deltaPx: number): void {
    this.#navigate.wheel(pointer, deltaPx)
  }

  abandon(): void {
    this.#navigate.abandon()
  }

  createLayers(): readonly Layer[] {
    return [new PlaceLayer(() => this.#controls.placesLpsMm)]
  }
}
