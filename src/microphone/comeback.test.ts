import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FRAME_SAMPLES } from '../domain/speech/segment.ts'
import { SENTENCE, setUp } from './scriptedDevice.fixture.ts'
import { toScript } from './scriptedVad.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const NOT_FOUND = new DOMException('', 'NotFoundError')
const BUSY = new DOMException('', 'NotReadableError')
const toDevice = (id: string) => ({ id, label: id, groupId: id })
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

test('a microphone that was unplugged in mid-sentence is taken again when it is back, and what was said is kept', async () => {
  const { microphone, device, news, statuses, toCodes, toRanges } = setUp()
  await microphone.start()
  device.speak(toScript([0.1, 30], [0.9, 20]))
  device.refusal = NOT_FOUND
  device.events?.onLost()
  await pass(10_000)
  expect(toRanges()).toEqual([[21, 50]])
  expect(toCodes()).toEqual(['microphone-lost', 'microphone-missing'])
  expect(statuses.at(-1)).toBe('waiting')
  device.refusal = null
  news.change()
  await pass()
  expect(statuses.at(-1)).toBe('listening')
  device.speak(SENTENCE)
  await microphone.stop()
  expect(toRanges()).toEqual([
    [21, 50],
    [21, 68],
  ])
})

test('one that another program holds is taken as soon as that lets it go', async () => {
  const { microphone, device, statuses, toCodes } = setUp()
  device.refusal = BUSY
  await microphone.start()
  expect(statuses).toEqual(['starting', 'waiting'])
  await pass(20_000)
  expect(toCodes()).toEqual(['microphone-busy'])
  device.refusal = null
  await pass(3000)
  expect(statuses.at(-1)).toBe('listening')
})

test('a permission that is taken away is told, nobody is asked, and recording goes on when it is given again', async () => {
  const { microphone, device, news, statuses, toCodes } = setUp()
  await microphone.start()
  news.allowed = false
  device.events?.onLost()
  await pass(10_000)
  expect(toCodes()).toEqual(['microphone-lost', 'microphone-permission-taken'])
  expect(device.openCount).toBe(1)
  news.allowed = true
  news.change()
  await pass()
  expect(statuses.at(-1)).toBe('listening')
})

test('where there was none yet that is what is told, also of a page that was not allowed one, and the first that comes is asked for', async () => {
  const { microphone, device, news, statuses, toCodes } = setUp()
  news.allowed = false
  device.refusal = NOT_FOUND
  await microphone.start()
  await pass(10_000)
  expect(toCodes()).toEqual(['microphone-missing'])
  device.refusal = null
  news.change()
  await pass()
  expect(statuses.at(-1)).toBe('listening')
})

test('a chosen microphone has no stand-in', async () => {
  const { microphone, device, statuses, toCodes } = setUp()
  await microphone.setDevice('headset')
  await microphone.start()
  device.refusal = new DOMException('', 'OverconstrainedError')
  device.events?.onLost()
  await pass()
  expect(toCodes()).toEqual(['microphone-lost', 'microphone-chosen-missing'])
  expect(statuses.at(-1)).toBe('waiting')
  expect(new Set(device.opened)).toEqual(new Set(['headset']))
})

test('another one stands in for the preferred one, which is told, until that is back', async () => {
  const { microphone, device, news, faults, statuses } = setUp()
  device.groupId = 'headset'
  await microphone.start()
  device.groupId = 'built-in'
  device.events?.onLost()
  await pass()
  expect(statuses.at(-1)).toBe('listening')
  expect(faults).toEqual(['microphone-other'])
  news.devices = [toDevice('built-in')]
  news.change()
  await pass()
  expect(device.openCount).toBe(2)
  device.groupId = 'headset'
  news.devices = [toDevice('built-in'), toDevice('headset')]
  news.change()
  await pass()
  expect(device.openCount).toBe(3)
  expect(faults.at(-1)).toBeNull()
})

test('turned off while it is waited for, it stays off', async () => {
  const { microphone, device, news, statuses } = setUp()
  device.refusal = NOT_FOUND
  await microphone.start()
  await pass()
  await microphone.stop()
  device.refusal = null
  const { openCount } = device
  news.change()
  await pass(10_000)
  expect(device.openCount).toBe(openCount)
  expect(statuses.at(-1)).toBe('off')
})

test('another device that is chosen while one is open is opened in its place, and the sentence under way is kept', async () => {
  const { microphone, device, toRanges } = setUp()
  await microphone.start()
  device.speak(toScript([0.1, 30], [0.9, 20]))
  await microphone.setDevice('headset')
  expect(device.opened).toEqual([null, 'headset'])
  expect(device.closeCount).toBe(1)
  expect(toRanges()).toEqual([[21, 50]])
})

test('silence of the stream is told within three seconds of it and taken back by the first sound; a muted track at once', async () => {
  const { microphone, device, faults } = setUp()
  await microphone.start()
  const silence = () => device.events?.onFrame(new Float32Array(FRAME_SAMPLES))
  for (let n = 0; n < 93; n++) silence()
  expect(faults).toEqual(['microphone-no-sound'])
  device.speak([0.1])
  expect(faults).toEqual(['microphone-no-sound', null])
  device.events?.onMuted(true)
  for (let n = 0; n < 200; n++) silence()
  device.events?.onMuted(false)
  device.speak([0.1])
  expect(faults.slice(2)).toEqual(['microphone-muted', null])
})
