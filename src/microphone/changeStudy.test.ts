import { describe, expect, test } from 'vitest'
import { createGate, SENTENCE, setUp } from './scriptedDevice.fixture.ts'
import { ScriptedVad, settle, toScript } from './scriptedVad.fixture.ts'

describe('a change of study', () => {
  test('ends the running utterance, which stays with the study it began under; the rest belongs to the next', async () => {
    const { microphone, device, utterances, statuses } = setUp()
    microphone.setStudy('a')
    await microphone.start()
    device.speak(toScript([0.1, 10], [0.9, 20]))
    microphone.setStudy('b')
    device.speak(toScript([0.9, 20], [0.1, 40]))
    await settle()
    expect(utterances.map(({ studyId }) => studyId)).toEqual(['a', 'b'])
    expect(utterances[0].endMs).toBe(30 * 32)
    expect(utterances[1].startMs).toBe(30 * 32)
    expect(statuses.at(-1)).toBe('listening')
    await microphone.stop()
  })

  test('while the talk key is down makes two utterances, and nobody is told that nothing was heard', async () => {
    const { microphone, device, utterances, toCodes } = setUp()
    microphone.setStudy('a')
    await microphone.startTalking()
    device.speak(toScript([0.9, 20]))
    microphone.setStudy('b')
    device.speak(toScript([0.1, 5]))
    await microphone.stopTalking()
    expect(utterances.map(({ studyId }) => studyId)).toEqual(['a'])
    expect(toCodes()).toEqual([])
  })

  test('before the model is loaded gives each study its own words', async () => {
    const vad = new ScriptedVad()
    const { gate, open } = createGate()
    vad.loading = gate
    const { microphone, device, utterances } = setUp(vad)
    microphone.setStudy('a')
    await microphone.start()
    device.speak(SENTENCE)
    microphone.setStudy('b')
    device.speak(SENTENCE)
    open()
    await microphone.stop()
    expect(utterances.map(({ studyId }) => studyId)).toEqual(['a', 'b'])
  })
})
