import { expect, test } from 'vitest'
import { FRAME_SAMPLES } from '../domain/speech/segment.ts'
import type { CaptureEvents, OpenCapture } from './captureAudio.ts'
import { testHearing } from './hearingTest.ts'
import { ScriptedVad, settle, toFrame } from './scriptedVad.fixture.ts'

async function begin(refusal: unknown = null) {
  const told: unknown[] = []
  let device: CaptureEvents | null = null
  let isOpen = false
  const openCapture: OpenCapture = async (events) => {
    if (refusal) throw refusal
    device = events
    isOpen = true
    return { groupId: '', close: () => (isOpen = false) }
  }
  const vad = new ScriptedVad()
  const stop = testHearing(
    { vad, deviceId: null, openCapture },
    {
      onPhase: (phase) => told.push(phase),
      onLevel: () => {},
      onFault: (fault) => fault && !told.includes(fault.code) && told.push(fault.code),
      onProblem: ({ code }) => told.push(code),
    },
  )
  await settle()
  const hear = async (frames: readonly Float32Array[]) => {
    for (const frame of frames) (device as CaptureEvents | null)?.onFrame(frame)
    await settle()
  }
  return { told, stop, hear, isOpen: () => isOpen }
}

const frames = (count: number, probability: number) => Array.from({ length: count }, () => toFrame(probability))

test('says that a voice is heard after a word of it, and not for a noise', async () => {
  const { told, hear, stop, isOpen } = await begin()
  await hear(frames(100, 0.2))
  expect(told).toEqual(['starting', 'listening'])
  await hear(frames(8, 0.9))
  expect(told).toEqual(['starting', 'listening', 'heard'])
  stop()
  expect(isOpen()).toBe(false)
})

test('tells a microphone without sound, and one that cannot be opened', async () => {
  const silent = await begin()
  await silent.hear(Array.from({ length: 93 }, () => new Float32Array(FRAME_SAMPLES)))
  expect(silent.told).toEqual(['starting', 'listening', 'microphone-no-sound'])
  silent.stop()
  const busy = await begin(new DOMException('', 'NotReadableError'))
  expect(busy.told).toEqual(['starting', 'microphone-busy'])
})
