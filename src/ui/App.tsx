import './theme/mantineStyles.ts'
import './theme/base.css'
import { MantineProvider } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import type { AppStore } from '../state/store.ts'
import type { Actions } from './actions.ts'
import { AppContext, type AppContextValue, type Viewers } from './appContext.ts'
import { createDialogStore } from './dialogs.ts'
import { bindKeyboard } from './keyboard.ts'
import { Shell } from './shell/Shell.tsx'
import { theme } from './theme/theme.ts'

export interface AppProps {
  readonly store: AppStore
  readonly actions: Actions
  readonly viewers: Viewers
}

/** The whole screen. All three collaborators must stay the same objects for the life of the page. */
export function App({ store, actions, viewers }: AppProps) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const audio = useRef<HTMLInputElement>(null)
  const pack = useRef<HTMLInputElement>(null)
  const typed = useRef<HTMLInputElement>(null)
  const value = useMemo<AppContextValue>(
    () => ({ store, actions, viewers, dialogs: createDialogStore(), inputs: { files, folder, audio, pack, typed } }),
    [store, actions, viewers],
  )
  useEffect(() => bindKeyboard(value), [value])
  return (
    <MantineProvider theme={theme} forceColorScheme="dark">
      <AppContext value={value}>
        <Shell />
      </AppContext>
    </MantineProvider>
  )
}
