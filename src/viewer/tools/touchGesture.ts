import type { CanvasPoint } from '../layers/layer.ts'

/** What fingers ask for, beside a tap. */
export interface TouchInput {
  /** Positive is a stroke downwards. */
  onStroke(slices: number): void
  onPan(dx: number, dy: number): void
  onScale(factor: number, anchor: CanvasPoint): void
}

/** A finger that moves less taps. Fingers are less steady than a mouse. */
const TAP_SLACK_PX = 10
/** A finger's way over a view turns about a third of a long study. */
const PX_A_SLICE = 8

const toMiddle = ([ax, ay]: CanvasPoint, [bx, by]: CanvasPoint): CanvasPoint => [(ax + bx) / 2, (ay + by) / 2]
const toDistance = ([ax, ay]: CanvasPoint, [bx, by]: CanvasPoint): number => Math.max(1, Math.hypot(ax - bx, ay - by))

/**
 * Fingers on one pane. One: a tap points, a stroke up or down turns slices. Two: apart and together zoom,
 * both along move the picture. A finger that stays after two does nothing until all are lifted.
 */
export class TouchGesture {
  readonly #fingers = new Map<number, CanvasPoint>()
  #start: CanvasPoint = [0, 0]
  #kind: 'tap' | 'scroll' | 'pinch' = 'tap'
  #restPx = 0

  constructor(private readonly input: TouchInput) {}

  down(id: number, at: CanvasPoint): void {
    this.#fingers.set(id, at)
    if (this.#fingers.size > 1) {
      this.#kind = 'pinch'
      return
    }
    this.#start = at
    this.#kind = 'tap'
    this.#restPx = 0
  }

  move(id: number, at: CanvasPoint): void {
    const last = this.#fingers.get(id)
    if (!last) return
    const others = [...this.#fingers].filter(([other]) => other !== id)
    this.#fingers.set(id, at)
    if (this.#kind === 'pinch') {
      if (others.length === 1) this.#pinch(last, at, others[0][1])
      return
    }
    if (this.#kind === 'tap' && Math.hypot(at[0] - this.#start[0], at[1] - this.#start[1]) < TAP_SLACK_PX) return
    this.#kind = 'scroll'
    this.#scroll(at[1] - last[1])
  }

  /** True where the finger has tapped. */
  up(id: number): boolean {
    return this.#fingers.delete(id) && this.#kind === 'tap'
  }

  #scroll(dy: number): void {
    const sumPx = this.#restPx + dy
    const slices = Math.trunc(sumPx / PX_A_SLICE)
    this.#restPx = sumPx - slices * PX_A_SLICE
    if (slices !== 0) this.input.onStroke(slices)
  }

  #pinch(last: CanvasPoint, at: CanvasPoint, other: CanvasPoint): void {
    const [before, after] = [toMiddle(last, other), toMiddle(at, other)]
    this.input.onPan(after[0] - before[0], after[1] - before[1])
    this.input.onScale(toDistance(at, other) / toDistance(last, other), after)
  }
}
