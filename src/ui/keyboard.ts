import { createKeybindingsHandler, type KeybindingHandler } from 'tinykeys'
import type { AppContextValue } from './appContext.ts'
import { ClickedFocus, isKeyTaken } from './keyFocus.ts'
import { SHORTCUTS, type Shortcut } from './shortcuts.ts'

const focusOf = (event: Event): Element | null => (event.target instanceof Element ? event.target : null)

/** A sheet over the page keeps the keys, but for the one that closes it. */
const isUnderSheet = ({ dialogs }: AppContextValue, event: KeyboardEvent): boolean =>
  dialogs.getState().open !== null && event.key !== '?'

function toHandler(shortcut: Shortcut, context: AppContextValue, held: Set<Shortcut>): KeybindingHandler {
  return (event) => {
    event.preventDefault()
    if (event.repeat && !shortcut.repeats) return
    if (shortcut.release) held.add(shortcut)
    shortcut.run(context)
  }
}

/** Ends what is held (push to talk): on release of the key, and when the window loses the keyboard meanwhile. */
function releaseHeld(context: AppContextValue, held: Set<Shortcut>, isReleased: (shortcut: Shortcut) => boolean) {
  for (const shortcut of [...held].filter(isReleased)) {
    held.delete(shortcut)
    shortcut.release?.(context)
  }
}

function releaseKey(context: AppContextValue, held: Set<Shortcut>, event: KeyboardEvent): void {
  const wasHeld = held.size > 0
  releaseHeld(context, held, (shortcut) => shortcut.keys.includes(event.code))
  // Firefox presses a focused button on the release of Space, whatever became of the key down.
  if (wasHeld && held.size === 0) event.preventDefault()
}

/** Binds the shortcut table to the page. Gives the function that unbinds it. */
export function bindKeyboard(context: AppContextValue): () => void {
  const held = new Set<Shortcut>()
  const clicked = new ClickedFocus()
  const listening = new AbortController()
  const { signal } = listening
  const bindings = SHORTCUTS.flatMap((shortcut) =>
    shortcut.keys.map((keys) => [keys, toHandler(shortcut, context, held)] as const),
  )
  const isIgnored = (event: KeyboardEvent) =>
    event.defaultPrevented || isUnderSheet(context, event) || isKeyTaken(event.key, focusOf(event), clicked.element)
  clicked.listen(signal)
  window.addEventListener('keydown', createKeybindingsHandler(Object.fromEntries(bindings), { ignore: isIgnored }), {
    signal,
  })
  window.addEventListener('keyup', (event) => releaseKey(context, held, event), { signal })
  window.addEventListener('blur', () => releaseHeld(context, held, () => true), { signal })
  return () => {
    releaseHeld(context, held, () => true)
    listening.abort()
  }
}
