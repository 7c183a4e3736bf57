import { UnstyledButton } from '@mantine/core'
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react'
import { useActions, useApp } from '../appContext.ts'
import { useCommand, useKeyText } from '../parts/useCommand.ts'
import styles from './dictation.module.css'
import { LevelMeter } from './LevelMeter.tsx'
import { MICROPHONE_TEXT } from './microphoneText.ts'

function MicrophoneButton() {
  const { tip, ariaKeys, run } = useCommand('speak.microphone')
  const status = useApp((state) => state.dictation.microphone)
  const isOn = status === 'listening' || status === 'speaking' || status === 'starting'
  const Icon = status === 'failed' ? IconMicrophoneOff : IconMicrophone
  return (
    <UnstyledButton
      className={styles.microphone}
      aria-pressed={isOn}
      aria-label={`Microphone: ${MICROPHONE_TEXT[status]}. Press to turn ${isOn ? 'off' : 'on'}`}
      data-testid="mic-button"
      data-status={status}
      title={tip}
      aria-keyshortcuts={ariaKeys}
      onClick={run}
    >
      <Icon size="1.5rem" stroke={1.6} />
      <span className={styles.status}>{MICROPHONE_TEXT[status]}</span>
    </UnstyledButton>
  )
}

/** For the mouse what the talk key is for the keyboard. */
function TalkButton() {
  const actions = useActions()
  const isTalking = useApp((state) => state.dictation.pushToTalk)
  const key = useKeyText('speak.talk', 'here')
  const stop = () => {
    if (isTalking) actions.stopTalking()
  }
  return (
    <UnstyledButton
      className={styles.talk}
      data-talking={isTalking}
      data-testid="talk-button"
      tabIndex={-1}
      aria-label="Hold to talk"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        actions.startTalking()
      }}
      onPointerUp={stop}
      onPointerCancel={stop}
    >
      {isTalking ? 'Let go to end' : `Hold ${key} to talk`}
    </UnstyledButton>
  )
}

/** Big state, level, push to talk. */
export function MicrophonePanel() {
  return (
    <div className={styles.microphonePanel}>
      <MicrophoneButton />
      <LevelMeter />
      <TalkButton />
    </div>
  )
}
