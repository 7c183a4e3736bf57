import type { Entry } from '../commands/command.ts'
import { isMac } from '../commands/keys/isMac.ts'
import { type Keymap, toKeymap } from '../commands/keys/keymap.ts'
import { hasStrongModifier, toKeyNames } from '../commands/keys/press.ts'
import { runEntry } from '../commands/runEntry.ts'
import { ENTRIES } from '../commands/table.ts'
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
  const isSheetKey = OVER_SHEETS.has(entry.id)
  if (isSheetKey && hasStrongModifier(name)) return false
  if (!isSheetKey && isUnderSheet(context, event)) return true
  return isKeyTaken(event.key, focusOf(event), clicked)
}

/** The map of the keys as they are set now; made anew only when they change. */
function createKeymapReader({ store }: AppContextValue): () => Keymap {
  let { keys } = store.get()
  let keymap = toKeymap(ENTRIES, keys)
  return () => {
    if (keys !== store.get().keys) {
      keys = store.get().keys
      keymap = toKeymap(ENTRIES, keys)
    }
    return keymap
  }
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

/** Binds the table of commands to the keys of the page. Gives the function that unbinds it. */
export function bindKeyboard(context: AppContextValue): () => void {
  const held = new HeldKeys(context)
  const clicked = new ClickedFocus()
  const typing = new TypingRun()
  const readKeymap = createKeymapReader(context)
  const listening = new AbortController()
  const { signal } = listening
  clicked.listen(signal)

  const onKeyDown = (event: KeyboardEvent) => {
    const names = toKeyNames(event, isMac())
    const isText = typing.isText(names, event.timeStamp) && !context.store.get().keys.singleCharacters
    const keymap = readKeymap()
    const name = names.find((one) => keymap.has(one))
    const entry = name === undefined ? undefined : keymap.get(name)
    if (!name || !entry || isText || isIgnored(context, event, { entry, name }, clicked.element)) return
    event.preventDefault()
    if (event.repeat && !entry.command.repeats) return
    if (runEntry(entry, context.commands)) held.add(entry, event.code)
  }
  const onKeyUp = (event: KeyboardEvent) => {
    // Firefox presses a focused button on the release of Space, whatever became of the key down.
    if (held.release((code) => code === event.code)) event.preventDefault()
  }
  window.addEventListener('keydown', onKeyDown, { signal })
  window.addEventListener('keyup', onKeyUp, { signal })
  window.addEventListener('blur', () => held.release(() => true), { signal })
  return () => {
    held.release(() => true)
    listening.abort()
  }
}
