import { useEffect, useMemo, useRef } from 'react'
import { selectLive, selectNamesFindings, selectSelectedUtteranceId } from '../../state/selectors.ts'
import { useApp, useAppContext, useRead } from '../appContext.ts'
import { useKeyText } from '../parts/useCommand.ts'
import styles from './dictation.module.css'
import { toExampleSentences } from './exampleSentences.ts'
import { HeardAnnouncer } from './HeardAnnouncer.tsx'
import { LiveCard } from './LiveCard.tsx'
import { UtteranceCard } from './UtteranceCard.tsx'
import { useFollowEnd } from './useFollowEnd.ts'

function EmptyStrip() {
  const isReady = useApp((state) => state.model.speechReady)
  const hasSpeech = useApp((state) => state.model.hasSpeech)
  const example = useApp(({ model }) => toExampleSentences(model.findings))
  const namesFindings = useApp(selectNamesFindings)
  const talkKey = useKeyText('speak.talk', 'the talk button')
  if (!hasSpeech)
    return (
      <div className={styles.empty} data-testid="no-speech-model">
        <p>This model does not understand speech, so it names nothing that is said.</p>
        <p>What you say is kept with its study and heard once you choose a model that has one.</p>
      </div>
    )
  return (
    <div className={styles.empty}>
      <p>
        Turn the microphone on, or hold {talkKey}, and {example === null ? 'say what you see.' : `say: “${example}”`}
      </p>
      <p>
        Each sentence becomes a card here,{' '}
        {namesFindings ? 'with what it says as present or absent,' : 'with its words'} and the slice it was spoken at.
        An audio file can be dropped instead.
      </p>
      {!namesFindings && <p>This model names no finding, so none is read from what is said.</p>}
      {!isReady && <p>The speech model is not loaded yet.</p>}
    </div>
  )
}

/** The utterances from left to right; its end stays in sight as they come and grow. */
export function UtteranceStrip() {
  const utterances = useRead((study) => study.dictation.utterances)
  const selectedId = useApp(selectSelectedUtteranceId)
  const live = useApp(selectLive)
  const strip = useRef<HTMLOListElement>(null)
  const studyId = useRead(({ study }) => study?.id)
  const { dialogs } = useAppContext()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that is being corrected is left with its study
  useEffect(() => dialogs.edit(null), [dialogs, studyId])
  const shown = useMemo(() => ({ utterances, live }), [utterances, live])
  const { onScroll } = useFollowEnd(strip, shown)
  if (utterances.length === 0 && !live) return <EmptyStrip />
  return (
    <>
      <ol ref={strip} className={styles.strip} aria-label="Utterances" onScroll={onScroll}>
        {utterances.map((item, index) => (
          <UtteranceCard key={item.id} item={item} number={index + 1} isSelected={item.id === selectedId} />
        ))}
        {live && <LiveCard live={live} />}
      </ol>
      <HeardAnnouncer key={studyId} utterances={utterances} />
    </>
  )
}
