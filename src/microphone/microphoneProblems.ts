import { type Problem, ProblemError, toProblem } from '../base/result.ts'
import type { SignalFault } from '../domain/speech/signalWatch.ts'

export const INSECURE_CONTEXT: Problem = {
  code: 'insecure-context',
  message: 'The browser gives no microphone to a page that was not opened over https or from localhost.',
  nextStep: 'Open VoxCT over https or from localhost, or drop an audio file instead.',
}

export const MICROPHONE_LOST: Problem = {
  code: 'microphone-lost',
  message: 'The microphone was disconnected or taken away while recording; what was said until then is kept.',
  nextStep: 'Connect it again: recording then goes on by itself. Or choose another one.',
}

/** The permission was withdrawn while recording. */
export const PERMISSION_TAKEN: Problem = {
  code: 'microphone-permission-taken',
  message: 'This page may not use the microphone any more; what was said until then is kept.',
  nextStep: 'Allow the microphone in the address bar: recording then goes on by itself.',
}

const CHOSEN_MISSING: Problem = {
  code: 'microphone-chosen-missing',
  message: 'The chosen microphone is not connected.',
  nextStep: 'Connect it: it is then taken by itself. Or choose another one.',
}

/** Stands as long as it is so. */
export const OTHER_IN_USE: Problem = {
  code: 'microphone-other',
  message: 'The microphone was disconnected; the other one of this computer is used until it is back.',
  nextStep: 'What was said is kept. Speak towards the other one, or connect the former again.',
}

export const MICROPHONE_MUTED: Problem = {
  code: 'microphone-muted',
  message: 'The microphone is muted: the system or a switch on it lets no sound through.',
  nextStep: 'Unmute it at the device, its cable, the keyboard or in the system settings.',
}

/** What is wrong with the sound of a microphone that is open. */
export const SIGNAL_PROBLEMS: Readonly<Record<SignalFault, Problem>> = {
  'no-sound': {
    code: 'microphone-no-sound',
    message: 'No sound at all comes from the microphone.',
    nextStep: 'Look for its mute switch and its cable, or choose another microphone.',
  },
  'too-quiet': {
    code: 'microphone-too-quiet',
    message: 'The microphone is open and next to nothing is heard.',
    nextStep: 'If you are speaking now: come closer, raise its level in the system settings, or choose another one.',
  },
  clipping: {
    code: 'microphone-clipping',
    message: 'The sound is cut off at its loudest: words may be misheard.',
    nextStep: 'Speak softer, move away a little, or lower the level in the system settings.',
  },
}

export const AUDIO_SUSPENDED: Problem = {
  code: 'audio-suspended',
  message: 'The browser holds the audio back until it is touched, so the microphone hears nothing yet.',
  nextStep: 'Click anywhere in the page or press a key; the recording then goes on by itself.',
}

export const NOTHING_HEARD: Problem = {
  code: 'no-speech',
  message: 'Nothing was heard between pressing and releasing the talk key.',
  nextStep: 'Watch the level meter while speaking; if it stays flat, choose another microphone in the system settings.',
}

export const RELEASED_TOO_SOON: Problem = {
  code: 'no-speech',
  message: 'Nothing was heard: the talk key was released before the microphone was open.',
  nextStep: 'Hold the key, speak once the microphone shows that it listens, and release it after the last word.',
}

export const MICROPHONE_RECORDING: Problem = {
  code: 'microphone-recording',
  message: 'An audio file cannot be heard while the microphone is recording.',
  nextStep: 'Stop the microphone, then drop the file again.',
}

/** The model that tells speech from silence failed; `thrown` is what it said. */
export function toVadProblem(thrown: unknown): Problem {
  return {
    code: 'vad-failed',
    message: `Speech detection failed: ${toProblem(thrown).message}`,
    nextStep: 'Start the microphone again; if it fails again, reload the page.',
  }
}

const DENIED_NEXT_STEP =
  'Allow the microphone in the address bar (and in the privacy settings of the system), then start it again.'

/** Names are those of the Media Capture and Streams specification, with the older ones of some browsers. */
const PROBLEM_BY_ERROR_NAME: Readonly<Record<string, Problem>> = {
  NotAllowedError: {
    code: 'microphone-denied',
    message: 'The microphone was not allowed for this page.',
    nextStep: DENIED_NEXT_STEP,
  },
  NotFoundError: {
    code: 'microphone-missing',
    message: 'No microphone was found on this computer.',
    nextStep: 'Connect one: it is then taken by itself. Or drop an audio file instead.',
  },
  OverconstrainedError: CHOSEN_MISSING,
  NotReadableError: {
    code: 'microphone-busy',
    message: 'The microphone could not be opened: another program may be using it.',
    nextStep: 'Close the other program: the microphone is then taken by itself. Or choose another one.',
  },
}

const SAME_AS: Readonly<Record<string, string>> = {
  SecurityError: 'NotAllowedError',
  PermissionDeniedError: 'NotAllowedError',
  DevicesNotFoundError: 'NotFoundError',
  AbortError: 'NotReadableError',
  TrackStartError: 'NotReadableError',
}

/** What getUserMedia or the audio context threw, as a Problem with the step that helps in that case. */
export function toMicrophoneProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem
  const name = toErrorName(thrown)
  const known = PROBLEM_BY_ERROR_NAME[SAME_AS[name] ?? name]
  if (known) return known
  return toProblem(thrown, 'microphone-failed', 'Start the microphone again; if it fails again, reload the page.')
}

/** DOMException is no Error in some browsers, so the name is read from whatever carries one. */
function toErrorName(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('name' in thrown)) return ''
  return String(thrown.name)
}

/** What passes when a device is connected or let go by another program. */
const PASSING = new Set([
  'microphone-lost',
  'microphone-missing',
  'microphone-chosen-missing',
  'microphone-busy',
  'microphone-permission-taken',
])

export const isPassing = ({ code }: Problem): boolean => PASSING.has(code)
