/** The focused element as the keyboard rules see it; an `Element` fits, and so does a plain object in a test. */
export interface FocusTarget {
  closest(selectors: string): unknown
  matches(selectors: string): boolean
}

/** What is typed here is text. */
const TEXT_FIELDS =
  'textarea, select, [contenteditable]:not([contenteditable="false"]), input:not([type="range"]):not([type="radio"]):not([type="checkbox"]):not([type="button"]):not([type="file"])'
/** Widgets that use the arrow keys themselves. */
const ARROW_OWNERS =
  'input[type="range"], input[type="radio"], [role="slider"], [role="separator"], [role="menu"], [data-owns-arrows]'
/** Widgets that Space presses. */
const SPACE_OWNERS = 'button, a[href], summary, input, [role="button"], [role="menuitem"], [role="slider"]'

const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
const JUMPS = new Set(['PageUp', 'PageDown', 'Home', 'End'])
const JUMP_OWNERS = 'input[type="range"], [role="slider"], [role="separator"], [role="menu"]'

/**
 * Whether a key belongs to the focused element rather than to the page.
 *
 * Space presses a control that was reached by keyboard. A control that was merely clicked (`clicked`) does not hold
 * Space back from the microphone: otherwise talking after a click on a finding would click it again. `:focus-visible`
 * cannot tell the two apart, since Chromium sets it with the very key press that asks.
 */
export function isKeyTaken<Target extends FocusTarget>(key: string, target: Target | null, clicked: Target | null) {
  if (!target) return false
  if (target.matches(TEXT_FIELDS)) return true
  if (ARROWS.has(key)) return Boolean(target.closest(ARROW_OWNERS))
  if (JUMPS.has(key)) return Boolean(target.closest(JUMP_OWNERS))
  if (key === ' ' || key === 'Enter') return target.matches(SPACE_OWNERS) && target !== clicked
  return false
}

/** Remembers the element that got the focus by pointer; null once the focus moves by keyboard. */
export class ClickedFocus {
  #clicked: Element | null = null
  #isPointer = false

  get element(): Element | null {
    return this.#clicked
  }

  listen(signal: AbortSignal): void {
    const options = { capture: true, signal }
    window.addEventListener('pointerdown', (event) => this.#onPointerDown(event), options)
    window.addEventListener('keydown', () => this.#onKeyDown(), options)
    window.addEventListener('focusin', (event) => this.#onFocusIn(event), options)
  }

  #onPointerDown({ target }: PointerEvent): void {
    this.#isPointer = true
    this.#clicked = target instanceof Element ? target.closest(SPACE_OWNERS) : null
  }

  #onKeyDown(): void {
    this.#isPointer = false
  }

  #onFocusIn({ target }: FocusEvent): void {
    this.#clicked = this.#isPointer && target instanceof Element ? target : null
  }
}
