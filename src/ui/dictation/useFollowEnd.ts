import { type RefObject, useEffect, useRef } from 'react'

/** As near to its end as this counts as there, px: a strip may be scrolled by fractions. */
const NEAR_PX = 24

type Scrolled = Pick<HTMLElement, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>

export const isAtEnd = ({ scrollLeft, scrollWidth, clientWidth }: Scrolled): boolean =>
  scrollWidth - clientWidth - scrollLeft <= NEAR_PX

/** What a person has open in the strip must not move away under the pointer. */
const IN_USE = 'textarea, [aria-expanded="true"]'

/**
 * Keeps a strip's end in sight as what stands there comes and grows: `change` is another value then. A person who has
 * scrolled back to read, or has a menu or a text open, is left there until the strip is scrolled to its end again.
 */
export function useFollowEnd(strip: RefObject<HTMLElement | null>, change: unknown): { readonly onScroll: () => void } {
  const isFollowing = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what changes
  useEffect(() => {
    const element = strip.current
    if (!element) isFollowing.current = true
    else if (isFollowing.current && !element.querySelector(IN_USE)) element.scrollLeft = element.scrollWidth
  }, [change])
  return {
    onScroll: () => {
      isFollowing.current = strip.current === null || isAtEnd(strip.current)
    },
  }
}
