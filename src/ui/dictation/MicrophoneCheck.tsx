import { Button } from '@mantine/core'
import { IconCircleCheck, IconEar } from '@tabler/icons-react'
import type { MicrophoneTest } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './dictation.module.css'

const TEXT: Readonly<Record<MicrophoneTest, string>> = {
  starting: 'Opening the microphone …',
  listening: 'Say a few words: nothing of them is recorded.',
  heard: 'We hear you.',
}

/** What a test of the microphone has found so far; its level moves beside it. */
export function MicrophoneCheck() {
  const actions = useActions()
  const test = useApp((state) => state.microphone.test)
  if (test === null) return null
  const Icon = test === 'heard' ? IconCircleCheck : IconEar
  return (
    <div className={styles.check} data-testid="mic-test" data-test={test}>
      <Icon size="0.9375rem" aria-hidden />
      <span role="status">{TEXT[test]}</span>
      <Button size="compact-xs" variant="default" onClick={() => actions.endMicrophoneTest()}>
        Done
      </Button>
    </div>
  )
}
