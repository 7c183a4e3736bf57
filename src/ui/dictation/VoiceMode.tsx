import { IconCommand } from '@tabler/icons-react'
import { selectListening } from '../../state/listening.ts'
import { isCommanding } from '../../state/voiceState.ts'
import { useApp } from '../appContext.ts'
import { useKeyText } from '../parts/useCommand.ts'
import styles from './dictation.module.css'

/** Whether what is said now is a command, and how to say one. */
export function VoiceMode() {
  const isCommand = useApp(isCommanding)
  const isHeld = useApp((state) => state.voice.isHeld)
  const isSleeping = useApp((state) => selectListening(state) === 'asleep')
  const wakeKey = useKeyText('voice.sleep', 'the microphone button')
  const isThinking = useApp((state) => state.voice.isThinking)
  const leading = useApp((state) => state.voice.leadingWord)
  const hold = useKeyText('voice.hold', 'the command key')
  const mode = useKeyText('voice.mode', 'the palette')
  if (isSleeping)
    return (
      <span className={styles.asleep} role="status" data-testid="voice-mode" data-mode="asleep">
        {`Asleep, nothing is kept: say “${leading === '' ? '' : `${leading}, `}wake up” or press ${wakeKey}`}
      </span>
    )
  if (!isCommand && !isThinking) {
    const led = leading === '' ? '' : `“${leading}, …” or `
    return (
      <span
        className={styles.voiceHint}
        data-testid="voice-mode"
        data-mode="dictation"
      >{`Commands: ${led}hold ${hold}`}</span>
    )
  }
  const text = isThinking ? 'Understanding…' : isHeld ? 'Command: let go to run it' : `Command mode (${mode} ends it)`
  return (
    <span className={styles.voiceMode} role="status" data-testid="voice-mode" data-mode="command">
      <IconCommand size="0.8125rem" aria-hidden />
      {text}
    </span>
  )
}
