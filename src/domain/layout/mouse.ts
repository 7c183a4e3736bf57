/** What a drag with a button does over a view. */
export const DRAGS = ['window', 'scroll', 'pan', 'zoom'] as const
export type MouseDrag = (typeof DRAGS)[number]

export const WHEELS = ['scroll', 'zoom'] as const
export type MouseWheel = (typeof WHEELS)[number]

export const BUTTONS = ['left', 'middle', 'right'] as const

/** A click with the left button points whatever its drag does; the wheel with Ctrl does what it does not do without. */
export interface MouseBindings {
  readonly left: MouseDrag
  readonly middle: MouseDrag
  readonly right: MouseDrag
  readonly wheel: MouseWheel
}

export const DEFAULT_MOUSE: MouseBindings = { left: 'window', middle: 'pan', right: 'zoom', wheel: 'scroll' }
