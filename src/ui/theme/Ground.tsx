import { MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useApp } from '../appContext.ts'
import { resolveVariables, theme } from './theme.ts'

/** The colours of bars and panels: dark for a reading room, light for a lit one, or as the system has them. */
export function Ground({ children }: { readonly children: ReactNode }) {
  const system = useColorScheme('dark', { getInitialValueInEffect: false })
  const ground = useApp(({ view }) => view.ground)
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      forceColorScheme={ground === 'system' ? system : ground}
    >
      {children}
    </MantineProvider>
  )
}
