import { useEffect, useEffectEvent } from 'react'
import { isMac } from '../../commands/keys/isMac.ts'
import { toKeyNames } from '../../commands/keys/press.ts'

/**
 * While on, hears every key press of the page before anyone else. `onPress` has the names the press goes by, the one to
 * keep first; Escape by itself is `onLeave`.
 */
export function useKeyRecorder(isOn: boolean, onPress: (names: readonly string[]) => void, onLeave: () => void): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat) return
    const names = toKeyNames(event, isMac())
    if (names[0] === 'Escape') onLeave()
    else if (names.length > 0) onPress(names)
  })
  useEffect(() => {
    if (!isOn) return
    const listening = new AbortController()
    const options = { capture: true, signal: listening.signal }
    window.addEventListener('keydown', hear, options)
    return () => listening.abort()
  }, [isOn])
}
