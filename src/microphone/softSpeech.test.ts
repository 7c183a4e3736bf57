import { expect, test } from 'vitest'
import type { Problem } from '../base/result.ts'
import { FRAME_SAMPLES } from '../domain/speech/segment.ts'
import type { AudioDecoder, DecodedAudio } from './decodeAudio.ts'
import { hearAudioFile } from './hearAudioFile.ts'
import { ScriptedVad, toFrame, toScript } from './scriptedVad.fixture.ts'
import { toMono } from './toMono.ts'

/** The scripted model takes a sample of 0.5 and more for speech: 0.02 is speech only when it is amplified. */
const SOFT = 0.02

/** Amplified so far that its peak is taken for speech, as the scripted model judges. */
class EagerVad extends ScriptedVad {
  override vadProbability(frame: Float32Array): Promise<number> {
    return super.vadProbability(frame.map((sample) => (sample >= 0.25 ? 0.9 : 0.1)))
  }
}

const toAudio = (script: readonly number[]) => {
  const audio = new Float32Array(script.length * FRAME_SAMPLES)
  for (const [index, level] of script.entries()) audio.set(toFrame(level), index * FRAME_SAMPLES)
  return audio
}

const toDecoded = (...channels: readonly Float32Array[]): DecodedAudio => ({
  length: channels[0].length,
  sampleRate: 16000,
  numberOfChannels: channels.length,
  getChannelData: (channel: number) => channels[channel] as Float32Array<ArrayBuffer>,
})

async function hear(audio: Float32Array) {
  const decoder: AudioDecoder = { readDurationSec: async () => null, decode: async () => toDecoded(audio) }
  const notices: Problem[] = []
  const onNotice = (notice: Problem) => notices.push(notice)
  const heard = await hearAudioFile(new File(['x'], 'memo.webm'), new EagerVad(), { decoder, onNotice })
  return { heard, notices }
}

test('a recording that is too soft throughout is said to be, with the place', async () => {
  const { heard } = await hear(toAudio(toScript([0.0005, 40], [SOFT, 60], [0.0005, 40])))
  expect(heard.ok ? null : [heard.problem.code, heard.problem.message]).toEqual([
    'speech-too-soft',
    '“memo.webm”: 3 s of speech, from 0:00 on, are too soft to be heard.',
  ])
})

test('soft words beside loud ones are told, and the loud ones are heard', async () => {
  const { heard, notices } = await hear(toAudio(toScript([0, 30], [0.9, 30], [0, 300], [SOFT, 40], [0, 60])))
  expect(heard.ok && heard.value).toHaveLength(1)
  expect(notices.map(({ code }) => code)).toEqual(['speech-too-soft'])
})

test('silence is no soft speech', async () => {
  const { heard } = await hear(toAudio(toScript([0.0001, 200])))
  expect(heard.ok ? null : heard.problem.code).toBe('no-speech')
})

const wave = (length: number, gain: number) =>
  Float32Array.from({ length }, (_, n) => gain * Math.sin((2 * Math.PI * 200 * n) / 16000))
const toLevel = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)

test.each([
  ['opposite', wave(16000, 0.5), wave(16000, -0.5), 0.5],
  ['opposite and softer', wave(16000, 0.5), wave(16000, -0.3), 0.5],
  ['equal', wave(16000, 0.5), wave(16000, 0.5), 0.5],
  ['one silent', wave(16000, 0.5), new Float32Array(16000), 0.25],
])('two channels (%s) give sound, not silence', (_, left, right, peak) => {
  expect(toLevel(toMono(toDecoded(left, right)))).toBeCloseTo(peak / Math.SQRT2, 2)
})

test('channels that are opposite in a part of the recording are heard there, too', () => {
  const left = wave(64000, 0.5)
  const right = left.map((sample, n) => (n < 32000 ? sample : -sample))
  const mono = toMono(toDecoded(left, right))
  expect(toLevel(mono.subarray(40000))).toBeCloseTo(toLevel(left), 2)
})
