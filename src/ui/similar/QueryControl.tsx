import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { FindingId } from '../../domain/findings/finding.ts'
import type { SimilarQuery } from '../../state/appState.ts'
import { selectLatestUtterance, selectNamesFindings } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'

/** The utterance, the finding and the sentence that were searched by last, so that their segments lead back to them. */
function useLastQueries(query: SimilarQuery) {
  const [findingId, setFindingId] = useState<FindingId | null>(null)
  const [utteranceId, setUtteranceId] = useState<string | null>(null)
  if (query.kind === 'finding' && query.findingId !== findingId) setFindingId(query.findingId)
  if ('utteranceId' in query && query.utteranceId !== utteranceId) setUtteranceId(query.utteranceId)
  const latestId = useApp((state) => selectLatestUtterance(state)?.id ?? null)
  const isKept = useRead(({ dictation }) => dictation.utterances.some((item) => item.id === utteranceId))
  const text = useRead(({ similar }) => similar.typed.at(-1) ?? null)
  return { findingId, utteranceId: isKept ? utteranceId : latestId, text }
}

/** What the similar cases are similar to. */
export function QueryControl() {
  const actions = useActions()
  const query = useRead((study) => study.similar.query)
  const { findingId, utteranceId, text } = useLastQueries(query)
  const canType = useApp(({ model }) => model.textPhase === 'ready')
  const hasSpeech = useApp(({ model }) => model.hasSpeech)
  const namesFindings = useApp(selectNamesFindings)
  const data = [
    // Four segments need the width.
    { value: 'ct', label: canType ? 'CT' : 'This CT' },
    ...(hasSpeech ? [{ value: 'utterance', label: 'Utterance', disabled: utteranceId === null }] : []),
    ...(namesFindings ? [{ value: 'finding', label: 'Finding', disabled: findingId === null }] : []),
    ...(canType ? [{ value: 'text', label: 'Typed', disabled: text === null }] : []),
  ]
  const choose = (kind: string) => {
    if (kind === 'ct') actions.setSimilarQuery({ kind })
    if (kind === 'utterance' && utteranceId) actions.setSimilarQuery({ kind, utteranceId })
    if (kind === 'finding' && findingId) actions.setSimilarQuery({ kind, findingId })
    if (kind === 'text' && text) actions.setSimilarQuery({ kind, text })
  }
  if (data.length === 1) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label="Similar to"
      data={data}
      value={query.kind === 'statement' ? 'utterance' : query.kind}
      onChange={choose}
    />
  )
}
