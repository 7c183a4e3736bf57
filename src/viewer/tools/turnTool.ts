import { toLineDegrees, toSnappedTurn, turnLines } from '../../domain/geometry/turnPlanes.ts'
import { dot, subtract } from '../../domain/geometry/vector.ts'
import type { ViewPlane, ViewPlanes } from '../../domain/geometry/viewPlane.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { CrosshairLayer, type CrosshairSource } from '../layers/crosshairLayer.ts'
import type { Layer } from '../layers/layer.ts'
import type { Tool, ToolPointer } from './tool.ts'

export interface TurnControls extends Pick<CrosshairSource, 'crosshairLpsMm' | 'isNavigating'> {
  /** The planes that the views of each orientation lie in. */
  readonly planes: ViewPlanes
  /** Turns them. */
  turn(planes: ViewPlanes): void
  redrawCrosshair(): void
}

interface Turn {
  readonly pointerId: number
  readonly paneId: string
  /** Before the turn. */
  readonly planes: ViewPlanes
  /** Where the pointer took the line, and how the lines lay then and lie now. */
  readonly takenDegrees: number
  readonly fromDegrees: number
  degrees: number
}

/** Direction of a point from another in a plane, clockwise from its right. */
function toBearing({ right, up }: ViewPlane, point: Vec3, from: Vec3): number {
  const away = subtract(point, from)
  return (Math.atan2(-dot(away, up), dot(away, right)) * 180) / Math.PI
}

/** The same turn within half a circle. */
const toNearTurn = (degrees: number): number => degrees - 360 * Math.round(degrees / 360)

/**
 * The handles of the crosshair: a line follows the pointer about the crosshair, in whole degrees. Everything else that the pointer does is
 * the tool's around which it lies.
 */
export class TurnTool implements Tool {
  readonly id: string
  readonly cursor: string
  readonly #inner: Tool
  readonly #controls: TurnControls
  #turn: Turn | null = null

  constructor(inner: Tool, controls: TurnControls) {
    this.id = inner.id
    this.cursor = inner.cursor
    this.#inner = inner
    this.#controls = controls
  }

  down(pointer: ToolPointer): void {
    const isTaken = pointer.isOnHandle && (pointer.isTouch || pointer.button === 0)
    const { crosshairLpsMm: centre } = this.#controls
    if (isTaken && centre) this.#begin(pointer, centre)
    else this.#inner.down(pointer)
  }

  move(pointer: ToolPointer): void {
    const { crosshairLpsMm: centre } = this.#controls
    if (!this.#turn || !centre) this.#inner.move(pointer)
    else if (pointer.pointerId === this.#turn.pointerId) this.#continue(this.#turn, pointer, centre)
  }

  up(pointer: ToolPointer): void {
    if (!this.#turn) {
      this.#inner.up(pointer)
      return
    }
    this.#turn = null
    this.#controls.redrawCrosshair()
  }

  wheel(pointer: ToolPointer, deltaPx: number): void {
    if (!this.#turn) this.#inner.wheel(pointer, deltaPx)
  }

  abandon(): void {
    this.#turn = null
    this.#inner.abandon()
  }

  #begin({ pane, pointLpsMm, pointerId }: ToolPointer, centre: Vec3): void {
    const { planes } = this.#controls
    const takenDegrees = toBearing(planes[pane.plane], pointLpsMm, centre)
    const fromDegrees = toLineDegrees(planes, pane.plane)
    this.#turn = { pointerId, paneId: pane.id, planes, takenDegrees, fromDegrees, degrees: fromDegrees }
    this.#controls.redrawCrosshair()
  }

  #continue(turn: Turn, { pane, pointLpsMm }: ToolPointer, centre: Vec3): void {
    if (pane.id !== turn.paneId) return
    const degrees = toBearing(turn.planes[pane.plane], pointLpsMm, centre) - turn.takenDegrees
    const snapped = toSnappedTurn(turn.planes, pane.plane, toNearTurn(degrees))
    turn.degrees = turn.fromDegrees + snapped
    this.#controls.turn(turnLines(turn.planes, pane.plane, snapped))
  }

  createLayers(): readonly Layer[] {
    const [controls, toTurning] = [this.#controls, () => this.#turn]
    const source: CrosshairSource = {
      get crosshairLpsMm() {
        return controls.crosshairLpsMm
      },
      get isNavigating() {
        return controls.isNavigating
      },
      get turning() {
        return toTurning()
      },
      align: ({ plane }) => controls.turn(turnLines(controls.planes, plane, -toLineDegrees(controls.planes, plane))),
    }
    return [new CrosshairLayer(source), ...this.#inner.createLayers()]
  }
}
