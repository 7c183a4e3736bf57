import { Button } from '@mantine/core'
import { IconFileMusic } from '@tabler/icons-react'
import { selectListening } from '../../state/listening.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { formatFraction } from '../text/formatScore.ts'
import { DictationNotes } from './DictationNotes.tsx'
import styles from './dictation.module.css'
import { MicrophoneCheck } from './MicrophoneCheck.tsx'
import { MicrophonePanel } from './MicrophonePanel.tsx'
import { MicrophoneProblem } from './MicrophoneProblem.tsx'
import { UndoOffer } from './UndoOffer.tsx'
import { UtteranceStrip } from './UtteranceStrip.tsx'
import { VoiceMode } from './VoiceMode.tsx'

function Counter() {
  const count = useRead((study) => study.dictation.utterances.length)
  const pending = useRead(({ dictation }) => dictation.utterances.filter((item) => item.phase === 'encoding').length)
  if (count === 0) return null
  return (
    <span className={styles.counter}>
      {`${count} ${count === 1 ? 'utterance' : 'utterances'}`}
      {pending > 0 && `, ${pending} being encoded`}
    </span>
  )
}

function FileProgress() {
  const actions = useActions()
  const label = useRead((study) => study.dictation.fileProgress?.label ?? null)
  const fraction = useRead((study) => study.dictation.fileProgress?.fraction ?? null)
  if (label === null) return null
  return (
    <span className={styles.counter}>
      {`${label}… ${formatFraction(fraction)}`}
      <Button size="compact-xs" variant="default" data-testid="cancel-file" onClick={() => actions.cancelWork()}>
        Cancel
      </Button>
    </span>
  )
}

/** Microphone and the utterances in the order in which they were spoken. */
export function DictationPanel() {
  const listening = useApp(selectListening)
  return (
    <section className={styles.panel} aria-label="Dictation" data-testid="dictation-panel" data-listening={listening}>
      <MicrophonePanel />
      <div className={styles.timeline}>
        <header className={styles.header}>
          <h2 className={styles.title}>Dictation</h2>
          <Counter />
          <VoiceMode />
          <FileProgress />
          <span className={styles.space} />
          <UndoOffer />
          <CommandButton command="speak.file" size="compact-xs" leftSection={<IconFileMusic size="0.875rem" />}>
            Audio file
          </CommandButton>
        </header>
        <MicrophoneCheck />
        <MicrophoneProblem />
        <DictationNotes />
        <UtteranceStrip />
      </div>
    </section>
  )
}
