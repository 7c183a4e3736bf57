import type { Problem } from '../base/result.ts'
import type { SoftSpeech } from './softSpeech.ts'

/** Longest audio file taken: half an hour is 115 MB of samples, and longer than any single dictation. */
export const MAX_FILE_MINUTES = 30

const minutes = (seconds: number) => `${Math.ceil(seconds / 60)} minutes`

export const toEmptyProblem = (name: string): Problem => ({
  code: 'audio-empty',
  message: `“${name}” holds no audio.`,
  nextStep: 'Record it again, or choose another file.',
})

export const toUndecodableProblem = (name: string): Problem => ({
  code: 'audio-undecodable',
  message: `“${name}” is no audio that this browser can decode.`,
  nextStep: 'Choose a WAV, MP3, M4A, OGG or FLAC file that another player can play.',
})

export const toUnreadableProblem = (name: string): Problem => ({
  code: 'audio-unreadable',
  message: `“${name}” could not be read: it was moved, deleted or changed since it was chosen.`,
  nextStep: 'Choose the file again.',
})

export const toTooLongProblem = (name: string, seconds: number): Problem => ({
  code: 'audio-too-long',
  message: `“${name}” lasts ${minutes(seconds)}; at most ${MAX_FILE_MINUTES} are taken.`,
  nextStep: `Cut it into pieces of up to ${MAX_FILE_MINUTES} minutes and drop them one after another.`,
})

const toClock = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`

export const toSoftProblem = (name: string, { seconds, startMs }: SoftSpeech): Problem => ({
  code: 'speech-too-soft',
  message: `“${name}”: ${Math.ceil(seconds)} s of speech, from ${toClock(startMs)} on, are too soft to be heard.`,
  nextStep: 'Record them again nearer to the microphone, or amplify the file and drop it again.',
})

export const toSilentProblem = (name: string): Problem => ({
  code: 'no-speech',
  message: `No speech was found in “${name}”.`,
  nextStep: 'Play it to check that somebody speaks in it, loud enough, then choose another file.',
})
