import { IconMicrophone } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { LiveText } from '../../state/appState.ts'
import { toCardWidthRem } from './cardWidth.ts'
import styles from './dictation.module.css'

/** What is being said, before it is an utterance: what stands, and, dimmer, what may still change. Told to nobody who did not look. */
export function LiveCard({ live: { settled, unsettled } }: { readonly live: LiveText }) {
  const words = useRef<HTMLParagraphElement>(null)
  const text = `${settled} ${unsettled}`.trim()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows its text
  useEffect(() => {
    words.current?.scrollTo({ top: words.current.scrollHeight })
  }, [text])
  return (
    <li
      className={styles.card}
      style={{ width: `${toCardWidthRem(text, [])}rem` }}
      data-testid="live-card"
      aria-live="off"
    >
      <span className={styles.liveHead}>
        <IconMicrophone size="0.8125rem" aria-hidden /> being said
      </span>
      <p ref={words} className={styles.liveText}>
        <span data-testid="live-settled">{settled}</span>{' '}
        <span className={styles.unsettled} data-testid="live-unsettled">
          {unsettled}
        </span>
      </p>
    </li>
  )
}
