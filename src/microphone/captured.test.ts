import { describe, expect, test } from 'vitest'
import { createGate, setUp } from './scriptedDevice.fixture.ts'
import { ScriptedVad, settle, toScript } from './scriptedVad.fixture.ts'

const FRAME_MS = 32

type Parts = ReturnType<typeof setUp>

/** What was told last, times in frames. */
const last = ({ captured }: Parts) =>
  captured.at(-1)?.stretches.map(({ startMs, endMs, studyId, isCommand, isSpeech }) => {
    const range = [startMs / FRAME_MS, endMs / FRAME_MS]
    return { range, studyId, isCommand, isSpeech }
  })

/** Frames one after another, as a device delivers them. */
async function speak({ device }: Parts, ...runs: (readonly [number, number])[]) {
  for (const probability of toScript(...runs)) {
    device.speak([probability])
    await settle()
  }
}

const OF_A = { studyId: 'a', isCommand: false }

describe('what is captured', () => {
  test('is told all along while there is speech, from where its utterance will begin, and no more once that is cut', async () => {
    const parts = setUp()
    parts.microphone.setStudy('a')
    await parts.microphone.start()
    await speak(parts, [0.1, 32])
    expect(last(parts)).toEqual([])
    await speak(parts, [0.9, 24])
    // The newest frame is still being judged.
    expect(last(parts)).toEqual([{ ...OF_A, range: [23, 56], isSpeech: true }])
    const [{ takeFrom }] = parts.captured.at(-1)!.stretches
    expect(takeFrom(50 * FRAME_MS)).toHaveLength(6 * 512)
    expect(takeFrom(31 * FRAME_MS)[0].toFixed(1)).toBe('0.1')
    expect(takeFrom(32 * FRAME_MS)[0].toFixed(1)).toBe('0.9')
    expect(parts.captured).toHaveLength(56 / 8)
    await speak(parts, [0.1, 24])
    expect(parts.utterances).toMatchObject([{ startMs: 23 * FRAME_MS, recordingId: parts.captured[0].recordingId }])
    expect(last(parts)).toEqual([])
    await parts.microphone.stop()
    expect(new Set(parts.captured.map(({ recordingId }) => recordingId)).size).toBe(1)
  })

  test('while the model still loads is all that came, whosever it is', async () => {
    const vad = new ScriptedVad()
    const { gate, open } = createGate()
    vad.loading = gate
    const parts = setUp(vad)
    parts.microphone.setStudy('a')
    await parts.microphone.start()
    await speak(parts, [0.9, 12])
    parts.microphone.setStudy('b')
    await speak(parts, [0.9, 12])
    const unjudged = { isCommand: false, isSpeech: false }
    expect(last(parts)).toEqual([
      { ...unjudged, studyId: 'a', range: [0, 12] },
      { ...unjudged, studyId: 'b', range: [12, 24] },
    ])
    const [, second] = parts.captured.at(-1)!.stretches
    expect(second.takeFrom(20 * FRAME_MS)).toHaveLength(4 * 512)
    open()
    await parts.microphone.stop()
    expect(parts.utterances.map(({ studyId }) => studyId)).toEqual(['a', 'b'])
    expect(last(parts)).toEqual([])
  })

  test('has the frames that wait for a model that is busy', async () => {
    const parts = setUp()
    parts.microphone.setStudy('a')
    await parts.microphone.start()
    await speak(parts, [0.9, 16])
    parts.device.speak(toScript([0.9, 64]))
    expect(last(parts)).toEqual([{ ...OF_A, range: [0, 80], isSpeech: true }])
    const [{ takeFrom }] = parts.captured.at(-1)!.stretches
    expect([takeFrom(0).length, takeFrom(40 * FRAME_MS).length]).toEqual([80 * 512, 40 * 512])
    await parts.microphone.stop()
  })

  test('under the talk key is all since it went down, and a command where it is the command key', async () => {
    const parts = setUp()
    parts.microphone.setStudy('a')
    await parts.microphone.startTalking()
    await speak(parts, [0.1, 8], [0.9, 8])
    expect(last(parts)).toEqual([{ ...OF_A, range: [0, 16], isSpeech: true }])
    await parts.microphone.stopTalking()
    expect(last(parts)).toEqual([])
    await parts.microphone.startTalking('command')
    await speak(parts, [0.9, 16])
    expect(last(parts)).toEqual([{ studyId: 'a', isCommand: true, range: [0, 16], isSpeech: true }])
    await parts.microphone.stopTalking()
  })

  test('under the talk key is kept where the model fails, as sound that nobody has judged', async () => {
    const parts = setUp()
    parts.microphone.setStudy('a')
    await parts.microphone.startTalking()
    await speak(parts, [0.9, 4])
    parts.vad.failure = new Error('gone')
    await speak(parts, [0.9, 12])
    expect(last(parts)).toEqual([{ ...OF_A, range: [0, 16], isSpeech: false }])
    await parts.microphone.stopTalking()
    expect(parts.utterances).toHaveLength(1)
  })

  test('is told once more when the microphone is switched off, so that its last frames are there until the cut', async () => {
    const parts = setUp()
    parts.microphone.setStudy('a')
    await parts.microphone.start()
    await speak(parts, [0.9, 16])
    parts.device.speak(toScript([0.9, 5]))
    const stopping = parts.microphone.stop()
    expect(last(parts)).toEqual([{ ...OF_A, range: [0, 21], isSpeech: true }])
    await stopping
    expect(last(parts)).toEqual([])
    expect(parts.utterances).toHaveLength(1)
  })
})
