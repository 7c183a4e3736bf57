/** A frame after React has drawn and a menu that closes has tried to give the focus back. */
const drawn = (then: () => void): void => {
  requestAnimationFrame(() => setTimeout(then))
}

/**
 * Before a press takes a button out of a row of things that can be focused: what to call behind it, so that the focus goes to
 * the one that stands in its place then, or to the last, and not to the page's beginning. `row` is its parent unless given,
 * `of` which of the row's elements are alike.
 */
export function keepFocusNear(
  button: HTMLElement | null,
  row: HTMLElement | null | undefined = button?.parentElement,
  of = 'button',
): () => void {
  const targets = () => [...(row?.querySelectorAll<HTMLElement>(of) ?? [])]
  const at = button ? targets().indexOf(button) : -1
  return () =>
    drawn(() => {
      const left = targets()
      left[Math.min(at, left.length - 1)]?.focus()
    })
}
