import { useEffect } from 'react'
import { useAppContext } from './appContext.ts'
import type { DialogState } from './dialogs.ts'

const isCovered = ({ open, question }: DialogState): boolean => open !== null || question !== null

/**
 * Gives the focus back to what had it before the first of a row of sheets opened. At once: a command that the palette
 * runs may then put it elsewhere.
 */
export function useReturnFocus(): void {
  const { dialogs } = useAppContext()
  useEffect(() => {
    let before: Element | null = null
    return dialogs.subscribe((now, last) => {
      if (isCovered(now) === isCovered(last)) return
      if (isCovered(now)) before = document.activeElement
      else if (before instanceof HTMLElement && before.isConnected) before.focus()
    })
  }, [dialogs])
}
