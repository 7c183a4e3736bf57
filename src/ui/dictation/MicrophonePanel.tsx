import { UnstyledButton } from '@mantine/core'
import { IconMicrophone, IconMicrophoneOff, IconZzz } from '@tabler/icons-react'
import { selectListening } from '../../state/listening.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { useCommand, useKeyText } from '../parts/useCommand.ts'
import { formatName, formatSeries } from '../text/formatIdentity.ts'
import styles from './dictation.module.css'
import { LevelMeter } from './LevelMeter.tsx'
import { MicrophoneMenu } from './MicrophoneMenu.tsx'
import { MICROPHONE_TEXT } from './microphoneText.ts'

function MicrophoneButton() {
  const { tip, ariaKeys, run } = useCommand('speak.microphone')
  const status = useApp((state) => state.microphone.status)
  const listening = useApp(selectListening)
  const text = listening === 'asleep' ? 'Asleep' : MICROPHONE_TEXT[status]
  const press = listening === 'asleep' ? 'wake it' : null
  const isOn = status === 'listening' || status === 'speaking' || status === 'starting' || status === 'waiting'
  const Icon =
    listening === 'asleep' ? IconZzz : ['failed', 'waiting'].includes(status) ? IconMicrophoneOff : IconMicrophone
  return (
    <UnstyledButton
      className={styles.microphone}
      aria-pressed={isOn}
      aria-label={`Microphone: ${text}. Press to ${press ?? `turn it ${isOn ? 'off' : 'on'}`}`}
      data-testid="mic-button"
      data-status={status}
      data-listening={listening}
      title={press === null ? tip : 'Wake it'}
      aria-keyshortcuts={ariaKeys}
      onClick={run}
    >
      <Icon size="1.5rem" stroke={1.6} />
      <span className={styles.status}>{text}</span>
    </UnstyledButton>
  )
}

/** For the mouse what the talk key is for the keyboard. */
function TalkButton() {
  const actions = useActions()
  const isTalking = useApp((state) => state.microphone.pushToTalk)
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

/** Which study the words go to. */
function Owner() {
  const study = useRead((read) => read.study)
  const isShown = useApp((state) => state.view.isIdentityShown)
  if (!study) return null
  const name = (isShown && formatName(study.identity)) || formatSeries(study, isShown)
  return (
    <span className={styles.owner} title={`What is said now belongs to ${name}`} data-testid="mic-owner">
      {`→ ${name}`}
    </span>
  )
}

/** Big state, level, push to talk. */
export function MicrophonePanel() {
  return (
    <div className={styles.microphonePanel}>
      <MicrophoneButton />
      <LevelMeter />
      <MicrophoneMenu />
      <TalkButton />
      <Owner />
    </div>
  )
}
