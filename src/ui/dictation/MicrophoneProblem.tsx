import { IconAlertTriangle } from '@tabler/icons-react'
import { useApp } from '../appContext.ts'
import styles from './dictation.module.css'

/** Why nothing can be heard, and what to do about it. */
export function MicrophoneProblem() {
  const problem = useApp(({ microphone }) => microphone.problem ?? microphone.fault)
  if (!problem) return null
  return (
    <p className={styles.problem} role="status" data-testid="mic-problem" data-code={problem.code}>
      <IconAlertTriangle size="0.9375rem" /> {`${problem.message} ${problem.nextStep}`}
    </p>
  )
}
