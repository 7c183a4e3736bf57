import type { Entry } from '../commands/command.ts'
import { isMac } from '../commands/keys/isMac.ts'
import { toKeymap } from '../commands/keys/keymap.ts'
import { hasStrongModifier, toKeyNames } from '../commands/keys/press.ts'
import { runEntry } from '../commands/runEntry.ts'
import type { AppContextValue } from './appContext.ts'
import { ClickedFocus, isKeyTaken } from './keyFocus.ts'
import { TypingRun } from './typingRun.ts'

/** They change the sheet, so a sheet does not keep their keys; with Ctrl, Alt or Cmd nor does a text field. */
const OVER_SHEETS = new Set(['help.sheet', 'palette.open'])

const focusOf = (event: Event): Element | null => (event.target instanceof Element ? event.target : null)

/** A sheet keeps the keys, also the one that has just closed it and the one that it is closed by. */
function isUnderSheet({ dialogs }: AppContextValue, event: KeyboardEvent): boolean {
  const { open, question } = dialogs.getState()
  return open !== null || question !== null || Boolean(focusOf(event)?.closest('[aria-modal="true"]'))
}

interface Hit {
  readonly entry: Entry
  readonly name: string
}

function isIgnored(context: AppContextValue, event: KeyboardEvent, { entry, name }: Hit, clicked: Element | null) {
  if (event.defaultPrevented || context.dialogs.getState().question) return true
  // Enter is pressed on a page for much else.
  if (entry.id === 'voice.yes' && !entry.command.when(context.store.get())) return true
  const isSheetKey = OVER_SHEETS.has(entry.id)
  if (isSheetKey && hasStrongModifier(name)) return false
  if (!isSheetKey && isUnderSheet(context, event)) return true
  return isKeyTaken(event.key, focusOf(event), clicked)
}

/** Entries whose key is held (push to talk), with the place of that key. */
class HeldKeys {
  readonly #held = new Map<Entry, string>()

  constructor(private readonly context: AppContextValue) {}

  add(entry: Entry, code: string): void {
    if (entry.command.release) this.#held.set(entry, code)
  }

  /** True where something was held and nothing is any more. */
  release(isReleased: (code: string) => boolean): boolean {
    const released = [...this.#held].filter(([, code]) => isReleased(code))
    for (const [entry] of released) {
      this.#held.delete(entry)
      entry.command.release?.(this.context.commands)
    }
    return released.length > 0 && this.#held.size === 0
  }
}

function toIdleText({ title }: Entry, { store }: AppContextValue): string {
  const why = store.get().desk.readId === null ? 'no scan is open' : 'there is nothing for it here'
  return `“${title}” does nothing now: ${why}`
}

/** Binds the table of commands to the keys of the page. Gives the function that unbinds it. */
export function bindKeyboard(context: AppContextValue): () => void {
  const held = new HeldKeys(context)
  const clicked = new ClickedFocus()
  const typing = new TypingRun()
  const listening = new AbortController()
  const { signal } = listening
  clicked.listen(signal)

  const onKeyDown = (event: KeyboardEvent) => {
    const names = toKeyNames(event, isMac())
    const { keys } = context.store.get()
    const isText = typing.isText(names, event.timeStamp) && !keys.singleCharacters
    const keymap = toKeymap(keys)
    const name = names.find((one) => keymap.has(one))
    const entry = name === undefined ? undefined : keymap.get(name)
    if (!name || !entry || isText || isIgnored(context, event, { entry, name }, clicked.element)) return
    event.preventDefault()
    if (event.repeat && !entry.command.repeats) return
    const isDone = runEntry(entry, context.commands)
    if (isDone) held.add(entry, event.code)
    // A key that does nothing in silence looks broken.
    context.store.view.hint(isDone || entry.command.id === 'views.back' ? null : toIdleText(entry, context))
  }
  const onKeyUp = (event: KeyboardEvent) => {
    // A Mac does not tell of a key that is let go while Cmd is held.
    const isReleased = (code: string) => code === event.code || event.key === 'Meta'
    // Firefox presses a focused button on the release of Space, whatever became of the key down.
    if (held.release(isReleased)) event.preventDefault()
  }
  window.addEventListener('keydown', onKeyDown, { signal })
  window.addEventListener('keyup', onKeyUp, { signal })
  window.addEventListener('blur', () => held.release(() => true), { signal })
  return () => {
    held.release(() => true)
    listening.abort()
  }
}
