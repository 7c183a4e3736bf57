import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { UtteranceItem } from '../../state/appState.ts'

/**
 * Tells a screen reader what was heard once it is final: of utterances that came without a text, not of those that a study
 * had when it was opened. Give it the study's id as its key.
 */
export function HeardAnnouncer({ utterances }: { readonly utterances: readonly UtteranceItem[] }) {
  const awaited = useRef(new Set<string>())
  const [text, setText] = useState('')
  useEffect(() => {
    for (const { id, transcript } of utterances)
      if (transcript === null) awaited.current.add(id)
      else if (awaited.current.delete(id) && transcript) setText(transcript)
  }, [utterances])
  return (
    <VisuallyHidden role="status" aria-live="polite" data-testid="heard-announcer">
      {text}
    </VisuallyHidden>
  )
}
