import { IconFileMusic } from '@tabler/icons-react'
import { useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { formatFraction } from '../text/formatScore.ts'
import styles from './dictation.module.css'
import { MicrophonePanel } from './MicrophonePanel.tsx'
import { MicrophoneProblem } from './MicrophoneProblem.tsx'
import { UndoOffer } from './UndoOffer.tsx'
import { UtteranceStrip } from './UtteranceStrip.tsx'

function Counter() {
  const count = useApp((state) => state.dictation.utterances.length)
  const pending = useApp(({ dictation }) => dictation.utterances.filter((item) => item.phase === 'encoding').length)
  if (count === 0) return null
  return (
    <span className={styles.counter}>
      {`${count} ${count === 1 ? 'utterance' : 'utterances'}`}
      {pending > 0 && `, ${pending} being encoded`}
    </span>
  )
}

function FileProgress() {
  const label = useApp((state) => state.dictation.fileProgress?.label ?? null)
  const fraction = useApp((state) => state.dictation.fileProgress?.fraction ?? null)
  if (label === null) return null
  return <span className={styles.counter}>{`${label}… ${formatFraction(fraction)}`}</span>
}

/** Microphone and the utterances in the order in which they were spoken. */
export function DictationPanel() {
  return (
    <section className={styles.panel} aria-label="Dictation" data-testid="dictation-panel">
      <MicrophonePanel />
      <div className={styles.timeline}>
        <header className={styles.header}>
          <h2 className={styles.title}>Dictation</h2>
          <Counter />
          <FileProgress />
          <span className={styles.space} />
          <UndoOffer />
          <CommandButton command="speak.file" size="compact-xs" leftSection={<IconFileMusic size="0.875rem" />}>
            Audio file
          </CommandButton>
        </header>
        <MicrophoneProblem />
        <UtteranceStrip />
      </div>
    </section>
  )
}
