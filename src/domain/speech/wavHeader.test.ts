import { expect, test } from 'vitest'
import { encodeWav } from './wavEncode.ts'
import { parseWavLayout } from './wavHeader.ts'

const BYTE_RATE_AT = 28

test.each([0, 1, 16000, 4e9])('a byte rate of %d in the header of PCM is not believed', (claimed) => {
  const wav = encodeWav(new Float32Array(16000), 16000)
  new DataView(wav.buffer).setUint32(BYTE_RATE_AT, claimed, true)
  const layout = parseWavLayout(wav)
  expect(layout && layout.presentBytes / layout.bytesPerSecond).toBe(1)
})

test('of an encoding that is not PCM the header’s rate is all there is', () => {
  const wav = encodeWav(new Float32Array(16000), 16000)
  const view = new DataView(wav.buffer)
  view.setUint16(20, 2, true)
  view.setUint32(BYTE_RATE_AT, 4055, true)
  expect(parseWavLayout(wav)?.bytesPerSecond).toBe(4055)
})
