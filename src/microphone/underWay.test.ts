import { describe, expect, test } from 'vitest'
import { SENTENCE, setUp } from './scriptedDevice.fixture.ts'
import { settle, toFrame, toScript } from './scriptedVad.fixture.ts'

const FRAME_MS = 32

describe('speech under way', () => {
  test('is there from the moment at which it is long enough to be an utterance, and begins where that will', async () => {
    const { microphone, device, utterances } = setUp()
    microphone.setStudy('a')
    expect(microphone.underWay()).toBeNull()
    await microphone.start()
    device.speak(toScript([0.1, 30], [0.9, 6]))
    await settle()
    expect(microphone.underWay()).toBeNull()
    device.speak(toScript([0.9, 4]))
    await settle()
    const speech = microphone.underWay()
    expect(speech).toMatchObject({ studyId: 'a', startMs: 21 * FRAME_MS, endMs: 40 * FRAME_MS, silentMs: 0 })
    const sound = speech?.takeFrom(29 * FRAME_MS) ?? new Float32Array(0)
    expect([sound.length, sound[0].toFixed(1), sound[512].toFixed(1)]).toEqual([11 * 512, '0.1', '0.9'])
    expect(speech?.takeFrom(0)).toHaveLength(19 * 512)
    device.speak(toScript([0.1, 40]))
    await settle()
    expect(microphone.underWay()).toBeNull()
    expect(utterances.map(({ startMs }) => startMs)).toEqual([speech?.startMs])
    await microphone.stop()
  })

  test('tells when it will be cut: by its length, and sooner in silence', async () => {
    const { microphone, device } = setUp()
    await microphone.start()
    device.speak(toScript([0.9, 20]))
    await settle()
    expect(microphone.underWay()?.cutInMs).toBe((687 - 20) * FRAME_MS)
    device.speak(toScript([0.1, 5]))
    await settle()
    expect(microphone.underWay()).toMatchObject({ silentMs: 5 * FRAME_MS, cutInMs: (18 - 5) * FRAME_MS })
    device.speak(toScript([0.9, 1]))
    await settle()
    expect(microphone.underWay()).toMatchObject({ silentMs: 0, cutInMs: (687 - 26) * FRAME_MS })
    await microphone.stop()
    expect(microphone.underWay()).toBeNull()
  })

  test('is the rest alone once the piece before was cut off', async () => {
    const { microphone, device, utterances } = setUp()
    await microphone.start()
    device.speak(toScript([0.9, 690]))
    await settle()
    expect(utterances).toHaveLength(1)
    expect(microphone.underWay()?.startMs).toBe(utterances[0].endMs)
    await microphone.stop()
  })

  test('is all since the talk key went down, until it comes up', async () => {
    const { microphone, device } = setUp()
    await microphone.startTalking()
    device.speak(toScript([0.1, 5], [0.9, 2]))
    await settle()
    expect(microphone.underWay()).toBeNull()
    device.speak(toScript([0.9, 1], [0.1, 50]))
    await settle()
    const speech = microphone.underWay()
    expect(speech).toMatchObject({ startMs: 0, endMs: 58 * FRAME_MS, silentMs: 50 * FRAME_MS })
    expect(speech?.cutInMs).toBeGreaterThan(590_000)
    await microphone.stopTalking()
    expect(microphone.underWay()).toBeNull()
  })

  test('is none while the model fails, though the talk key keeps the sound', async () => {
    const { microphone, device, vad, utterances } = setUp()
    await microphone.startTalking()
    device.speak(SENTENCE)
    await settle()
    vad.failure = new Error('gone')
    device.events?.onFrame(toFrame(0.9))
    await settle()
    expect(microphone.underWay()).toBeNull()
    await microphone.stopTalking()
    expect(utterances).toHaveLength(1)
  })
})
