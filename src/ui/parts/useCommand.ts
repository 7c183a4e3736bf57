import { toTitleNow } from '../../commands/command.ts'
import { isMac } from '../../commands/keys/isMac.ts'
import { workingKeysOf } from '../../commands/keys/keymap.ts'
import { toAriaKeys, toKeyText } from '../../commands/keys/showKeys.ts'
import { runEntry } from '../../commands/runEntry.ts'
import { findEntry } from '../../commands/table.ts'
import { useApp, useAppContext } from '../appContext.ts'

/** Everything a button needs of the command that it stands for. */
export interface CommandView {
  readonly title: string
  /** The first key that works, e.g. "Ctrl+K"; null where it has none or single characters are off. */
  readonly keyText: string | null
  /** Title and key, for a tooltip. */
  readonly tip: string
  /** For `aria-keyshortcuts`. */
  readonly ariaKeys: string | undefined
  readonly isEnabled: boolean
  run(): void
}

/** An entry of the table of commands by its id, as it stands now. */
export function useCommand(id: string): CommandView {
  const { commands } = useAppContext()
  const entry = findEntry(id)
  const isEnabled = useApp(entry.command.when)
  const title = useApp((state) => toTitleNow(entry, state))
  const keys = workingKeysOf(
    entry,
    useApp((state) => state.keys),
  )
  const mac = isMac()
  const keyText = keys.length > 0 ? toKeyText(keys[0], mac) : null
  const ariaKeys = keys.map((name) => toAriaKeys(name, mac)).join(' ')
  return {
    title,
    keyText,
    tip: keyText === null ? title : `${title} (${keyText})`,
    ariaKeys: ariaKeys || undefined,
    isEnabled,
    run: () => void runEntry(entry, commands),
  }
}

/** The key of a command in running text; what stands for it where it has none. */
export const useKeyText = (id: string, without: string): string => useCommand(id).keyText ?? without
