import { Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Fragment } from 'react'
import { toTextRuns } from '../../domain/speech/doubtfulWords.ts'
import { isWriterComing, type TimedWord } from '../../domain/speech/transcription.ts'
import type { UtteranceItem } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'
import styles from './dictation.module.css'

/** What stands in place of the text while it has not been heard. */
function Unheard({ item }: { readonly item: UtteranceItem }) {
  const isWritten = useApp(({ model }) => isWriterComing(model.transcriberPhase))
  if (item.phase === 'encoding')
    return (
      <span className={styles.working}>
        <Loader size="0.75rem" /> Encoding
      </span>
    )
  if (item.phase === 'failed')
    return (
      <span className={styles.cardProblem} title={item.problem?.nextStep}>
        <IconAlertTriangle size="0.875rem" /> {item.problem?.message ?? 'It could not be encoded.'}
      </span>
    )
  return <span className={styles.heardMark}>{isWritten ? 'Writing it down …' : 'The pack gives no transcript'}</span>
}

const DOUBTFUL = 'Heard doubtfully: it may be another word. Press T to correct the text.'

/** A transcriber's words, those marked that it was not sure of. */
function TranscribedWords({ words }: { readonly words: readonly TimedWord[] }) {
  return toTextRuns(words).map(({ text, isDoubtful }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words have no identity but their place
    <Fragment key={at}>
      {at > 0 && ' '}
      {isDoubtful ? (
        <u className={styles.doubtful} title={DOUBTFUL}>
          {text}
        </u>
      ) : (
        text
      )}
    </Fragment>
  ))
}

/** The words of an utterance, as they were heard or as a person has corrected them. */
export function HeardText({ item }: { readonly item: UtteranceItem }) {
  const { transcript, words, edits } = item
  if (edits.text !== null)
    return (
      <>
        <span title={`As heard: ${transcript || '(nothing legible)'}`}>
          <span className={styles.textMark}>corrected</span> <span data-testid="heard-text">{edits.text}</span>
        </span>
        {item.phase !== 'ready' && <Unheard item={item} />}
      </>
    )
  if (item.phase !== 'ready' || transcript === null) return <Unheard item={item} />
  return (
    <span>
      <span className={styles.textMark}>as heard</span>{' '}
      {transcript ? (
        <span data-testid="heard-text">{words ? <TranscribedWords words={words} /> : transcript}</span>
      ) : (
        '(nothing legible)'
      )}
    </span>
  )
}
