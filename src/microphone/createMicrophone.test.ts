import { describe, expect, test } from 'vitest'
import { createGate, SENTENCE, setUp } from './scriptedDevice.fixture.ts'
import { settle, toScript } from './scriptedVad.fixture.ts'

describe('hands-free recording', () => {
  test('tells its status and gives each sentence as an utterance', async () => {
    const { microphone, device, statuses, utterances, toRanges } = setUp()
    await microphone.start()
    device.speak([...SENTENCE, ...SENTENCE])
    await microphone.stop()
    expect(toRanges()).toEqual([
      [21, 68],
      [111, 158],
    ])
    expect(utterances[0].id).not.toBe(utterances[1].id)
    expect(utterances[0].source).toBe('microphone')
    expect(statuses[0]).toBe('starting')
    expect(statuses.at(-1)).toBe('off')
  })

  test('is listening, then speaking, then listening again', async () => {
    const { microphone, device, statuses } = setUp()
    await microphone.start()
    await settle()
    device.speak(SENTENCE)
    await settle()
    expect(statuses).toEqual(['starting', 'listening', 'speaking', 'listening'])
    await microphone.stop()
  })

  test('stopping keeps the sentence under way, and silence is no problem', async () => {
    const { microphone, device, toRanges, problems } = setUp()
    await microphone.start()
    device.speak(toScript([0.1, 30], [0.9, 20]))
    await microphone.stop()
    await microphone.start()
    device.speak(toScript([0.1, 500]))
    await microphone.stop()
    expect(toRanges()).toEqual([[21, 50]])
    expect(problems).toEqual([])
  })

  test('words spoken while the model still loads are not lost', async () => {
    const { gate, open } = createGate()
    const { microphone, device, vad, toRanges } = setUp()
    vad.loading = gate
    await microphone.start()
    device.speak(SENTENCE)
    await settle()
    expect(toRanges()).toEqual([])
    open()
    await microphone.stop()
    expect(toRanges()).toEqual([[21, 68]])
  })

  test('each recording starts without the memory of the one before', async () => {
    const { microphone, vad } = setUp()
    await microphone.start()
    await microphone.stop()
    await microphone.start()
    await microphone.stop()
    expect(vad.calls.filter((call) => call === 'load')).toHaveLength(2)
    expect(vad.calls.filter((call) => call === 'reset').length).toBeGreaterThanOrEqual(2)
  })
})

describe('starting and stopping in any order', () => {
  test('starting while starting opens one device', async () => {
    const { microphone, device } = setUp()
    await Promise.all([microphone.start(), microphone.start(), microphone.start()])
    expect(device.openCount).toBe(1)
    await microphone.stop()
    expect(device.closeCount).toBe(1)
  })

  test('stopping twice, or before any start, is harmless', async () => {
    const { microphone, device, statuses } = setUp()
    await microphone.stop()
    await microphone.start()
    await Promise.all([microphone.stop(), microphone.stop()])
    expect(device.closeCount).toBe(1)
    expect(statuses.filter((status) => status === 'off')).toHaveLength(1)
  })

  test('stopping while the browser still asks for permission closes the device as soon as it is given', async () => {
    const { gate, open } = createGate()
    const { microphone, device, statuses } = setUp()
    device.ready = gate
    const starting = microphone.start()
    await microphone.stop()
    open()
    await starting
    expect(device.closeCount).toBe(1)
    expect(statuses).toEqual(['starting', 'off'])
  })

  test('after disposing nothing is told and nothing starts', async () => {
    const { microphone, device, utterances, statuses } = setUp()
    await microphone.start()
    device.speak(toScript([0.9, 30]))
    microphone.dispose()
    await microphone.start()
    await settle()
    expect(device.closeCount).toBe(1)
    expect(device.openCount).toBe(1)
    expect(utterances).toEqual([])
    expect(statuses).toEqual(['starting', 'listening'])
  })
})

describe('push to talk', () => {
  test('everything between press and release is one utterance, pauses included', async () => {
    const { microphone, device, toRanges } = setUp()
    await microphone.startTalking()
    device.speak([...SENTENCE, ...SENTENCE])
    await microphone.stopTalking()
    expect(toRanges()).toEqual([[0, 180]])
    expect(device.closeCount).toBe(1)
  })

  test('silence is told as no speech, with a next step, and gives no utterance', async () => {
    const { microphone, device, utterances, problems, toCodes } = setUp()
    await microphone.startTalking()
    device.speak(toScript([0.1, 50], [0.9, 2]))
    await microphone.stopTalking()
    expect(utterances).toEqual([])
    expect(toCodes()).toEqual(['no-speech'])
    expect(problems[0].nextStep).toContain('level meter')
  })

  test('releasing before the microphone is open says so and leaves no device open', async () => {
    const { gate, open } = createGate()
    const { microphone, device, problems } = setUp()
    device.ready = gate
    const pressing = microphone.startTalking()
    await microphone.stopTalking()
    open()
    await pressing
    expect(device.closeCount).toBe(1)
    expect(problems.map((problem) => problem.message)).toEqual([
      expect.stringContaining('before the microphone was open'),
    ])
  })

  test('pressing during hands-free recording ends the sentence under way, and releasing goes on hands-free', async () => {
    const { microphone, device, toRanges } = setUp()
    await microphone.start()
    device.speak(toScript([0.1, 30], [0.9, 20]))
    await microphone.startTalking()
    device.speak(toScript([0.1, 30], [0.9, 10], [0.1, 60]))
    await microphone.stopTalking()
    device.speak(SENTENCE)
    await microphone.stop()
    expect(toRanges()).toEqual([
      [21, 50],
      [50, 150],
      [171, 218],
    ])
    expect(device.openCount).toBe(1)
  })

  test('pressing again within the tail of a release loses nothing', async () => {
    const { microphone, device, toRanges } = setUp()
    await microphone.startTalking()
    device.speak(toScript([0.9, 10]))
    const releasing = microphone.stopTalking()
    await microphone.startTalking()
    device.speak(toScript([0.9, 10]))
    await releasing
    await microphone.stopTalking()
    expect(toRanges()).toEqual([
      [0, 10],
      [10, 20],
    ])
  })
})

describe('failures', () => {
  test('a refused microphone is told once, and starting again may work', async () => {
    const { microphone, device, statuses, toCodes } = setUp()
    device.refusal = new DOMException('Permission denied', 'NotAllowedError')
    await microphone.start()
    expect(toCodes()).toEqual(['microphone-denied'])
    expect(statuses).toEqual(['starting', 'failed'])
    device.refusal = null
    await microphone.start()
    expect(statuses.slice(2)).toEqual(['starting', 'listening'])
    await microphone.stop()
  })

  test('a device that goes away while recording keeps what was said', async () => {
    const { microphone, device, statuses, toCodes, toRanges } = setUp()
    await microphone.start()
    device.speak(toScript([0.1, 30], [0.9, 20]))
    device.events?.onLost()
    await microphone.stop()
    expect(toCodes()).toEqual(['microphone-lost'])
    expect(toRanges()).toEqual([[21, 50]])
    expect(statuses.slice(-2)).toEqual(['waiting', 'off'])
    expect(device.closeCount).toBe(1)
  })

  test('a model that fails while recording ends it with what was said so far', async () => {
    const { microphone, device, vad, statuses, toCodes, toRanges } = setUp()
    await microphone.start()
    device.speak(toScript([0.1, 30], [0.9, 20]))
    await settle()
    vad.failure = new Error('worker died')
    device.speak(toScript([0.9, 20]))
    await settle()
    expect(toCodes()).toEqual(['vad-failed'])
    expect(toRanges()).toEqual([[21, 50]])
    expect(statuses.at(-1)).toBe('failed')
    expect(device.closeCount).toBe(1)
  })

  test('while the talk key is down a failing model loses nothing', async () => {
    const { microphone, device, vad, toCodes, toRanges } = setUp()
    vad.failure = new Error('no model file')
    await microphone.startTalking()
    device.speak(toScript([0.1, 30]))
    await microphone.stopTalking()
    expect(toCodes()).toEqual(['vad-failed'])
    expect(toRanges()).toEqual([[0, 30]])
  })

  test('audio held back by the browser is told, and recording goes on when it is let go', async () => {
    const { microphone, device, statuses, toCodes } = setUp()
    await microphone.start()
    device.events?.onSuspended(true)
    device.events?.onSuspended(false)
    expect(toCodes()).toEqual(['audio-suspended'])
    expect(statuses).toEqual(['starting', 'listening', 'starting', 'listening'])
    await microphone.stop()
  })
})
