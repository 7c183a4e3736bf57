import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Whether an element holds more than it shows, so that it must be reachable to be scrolled. */
export function useOverflow<E extends HTMLElement>(): readonly [RefObject<E | null>, boolean] {
  const element = useRef<E>(null)
  const [isOver, setIsOver] = useState(false)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const measure = () => setIsOver(current.scrollHeight > current.clientHeight + 1)
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    for (const child of current.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  return [element, isOver]
}
