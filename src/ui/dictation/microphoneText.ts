import type { MicrophoneStatus } from '../../state/appState.ts'

export const MICROPHONE_TEXT: Readonly<Record<MicrophoneStatus, string>> = {
  off: 'Off',
  starting: 'Starting',
  listening: 'Listening',
  speaking: 'Hearing you',
  waiting: 'Waiting for it',
  failed: 'Not available',
}
