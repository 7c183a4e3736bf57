import './theme/mantineStyles.ts'
import './theme/base.css'
import { useEffect, useMemo, useRef } from 'react'
import type { Actions } from '../commands/actions.ts'
import type { CommandContext } from '../commands/context.ts'
import type { AppStore } from '../state/store.ts'
import { AppContext, type AppContextValue, type Viewers } from './appContext.ts'
import { createDialogStore } from './dialogs.ts'
import { bindKeyboard } from './keyboard.ts'
import { createPageControls } from './pageControls.ts'
import { Shell } from './shell/Shell.tsx'
import { Ground } from './theme/Ground.tsx'

export interface AppProps {
  readonly store: AppStore
  readonly actions: Actions
  readonly viewers: Viewers
  /** Gives the commands to whoever runs them by voice; what it gives back takes them away. */
  readonly bindVoice: (commands: CommandContext) => () => void
}

/** The whole screen. All three collaborators must stay the same objects for the life of the page. */
export function App({ store, actions, viewers, bindVoice }: AppProps) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const audio = useRef<HTMLInputElement>(null)
  const pack = useRef<HTMLInputElement>(null)
  const ownFindings = useRef<HTMLInputElement>(null)
  const ownLibrary = useRef<HTMLInputElement>(null)
  const typed = useRef<HTMLInputElement>(null)
  const value = useMemo<AppContextValue>(() => {
    const dialogs = createDialogStore()
    const inputs = { files, folder, audio, pack, ownFindings, ownLibrary, typed }
    const commands = { get: store.get, actions, page: createPageControls(dialogs, inputs) }
    return { store, actions, viewers, dialogs, inputs, commands }
  }, [store, actions, viewers])
  useEffect(() => bindKeyboard(value), [value])
  useEffect(() => bindVoice(value.commands), [value, bindVoice])
  return (
    <AppContext value={value}>
      <Ground>
        <Shell />
      </Ground>
    </AppContext>
  )
}
