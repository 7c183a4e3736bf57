import { VisuallyHidden } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { selectListening } from '../../state/listening.ts'
import { selectActivity } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'
import { MICROPHONE_TEXT } from '../dictation/microphoneText.ts'
import { formatCount } from '../text/formatCount.ts'
import { formatFraction } from '../text/formatScore.ts'
import styles from './statusBar.module.css'

/** What the app is doing. The label alone is announced: a percentage read aloud at every step would be noise. */
function Activity() {
  const label = useApp((state) => selectActivity(state)?.label ?? null)
  const fraction = useApp((state) => selectActivity(state)?.fraction ?? null)
  return (
    <div className={styles.activity}>
      <VisuallyHidden role="status">{label ?? 'Ready'}</VisuallyHidden>
      <span aria-hidden data-testid="activity">
        {label === null ? '' : `${label}… ${formatFraction(fraction)}`}
      </span>
      {label === null && <Hint />}
    </div>
  )
}

/** Why the last key did nothing. */
function Hint() {
  const hint = useApp((state) => state.view.hint)
  return (
    <span role="status" data-testid="key-hint">
      {hint}
    </span>
  )
}

/** The state of the microphone stays in sight when the dictation panel is hidden. */
function MicrophoneMark() {
  const status = useApp((state) => state.microphone.status)
  const isSleeping = useApp((state) => selectListening(state) === 'asleep')
  return (
    <span className={styles.microphone} data-status={status}>
      <span className={styles.dot} />
      <span className={styles.words}>Microphone: {isSleeping ? 'asleep' : MICROPHONE_TEXT[status].toLowerCase()}</span>
    </span>
  )
}

const ON_DEVICE =
  "Images, speech and scores are computed in this browser. The page's security policy forbids connections to any other server."

/** What has left the device in this visit. */
function Privacy() {
  const { bytesSent, searches } = useApp((state) => state.remote)
  const sent = searches === 1 ? 'the embedding of one search' : `the embeddings of ${formatCount(searches)} searches`
  const title =
    bytesSent === 0 ? ON_DEVICE : `${ON_DEVICE} To libraries on this site's server ${sent} went, as you agreed.`
  return (
    <span className={styles.privacy} title={title} data-testid="privacy">
      <IconLock size="0.8125rem" />
      <span>
        <span className={styles.words}>On device · </span>
        {formatCount(bytesSent)} bytes sent
        {bytesSent > 0 && <span className={styles.words}>{` (${sent})`}</span>}
      </span>
    </span>
  )
}

export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <strong className={styles.disclaimer}>Research and demonstration only. Not for diagnosis.</strong>
      <Activity />
      <MicrophoneMark />
      <Privacy />
    </footer>
  )
}
