import { describe, expect, test } from 'vitest'
import { encodeWav } from './wavEncode.ts'
import { parseWavLayout, repairWavHeader } from './wavHeader.ts'
import { fromInt16Samples, toInt16Samples } from './wavSamples.ts'

const DATA_SIZE_OFFSET = 40

describe('16-bit samples', () => {
  test('full scale maps to ±32767 and louder is clipped', () => {
    expect([...toInt16Samples(new Float32Array([1, -1, 0, 2, -2, 0.5]))]).toEqual([
      32767, -32767, 0, 32767, -32767, 16384,
    ])
  })

  test('the round trip is off by at most half a step', () => {
    const audio = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index) * 0.99)
    const back = fromInt16Samples(toInt16Samples(audio))
    const error = Math.max(...audio.map((value, index) => Math.abs(value - back[index])))
    expect(error).toBeLessThanOrEqual(0.5 / 32767 + 1e-7)
  })

  test('the lowest 16-bit value stays within [-1, 1]', () => {
    expect(fromInt16Samples(new Int16Array([-32768]))[0]).toBe(-1)
  })
})

describe('encodeWav', () => {
  test('the header says mono, 16 bit, the rate and the true sizes', () => {
    const wav = encodeWav(new Float32Array(100), 16000)
    const view = new DataView(wav.buffer)
    expect(wav.length).toBe(244)
    expect(view.getUint32(4, true)).toBe(236)
    expect(view.getUint16(22, true)).toBe(1)
    expect(view.getUint32(24, true)).toBe(16000)
    expect(view.getUint32(28, true)).toBe(32000)
    expect(view.getUint16(34, true)).toBe(16)
    expect(view.getUint32(DATA_SIZE_OFFSET, true)).toBe(200)
  })

  test('samples are little endian after the header', () => {
    const view = new DataView(encodeWav(new Float32Array([0, -0.5]), 16000).buffer)
    expect(view.getInt16(46, true)).toBe(-16383)
  })
})

describe('repairWavHeader', () => {
  const claiming = (dataBytes: number) => {
    const wav = encodeWav(new Float32Array(160).fill(0.25), 16000)
    new DataView(wav.buffer).setUint32(DATA_SIZE_OFFSET, dataBytes, true)
    return wav
  }

  test.each([0, 0x80000000, 0xffffffff, 322])('a claim of %d bytes becomes the 320 that are there', (claim) => {
    const repaired = repairWavHeader(claiming(claim))
    expect(parseWavLayout(repaired)).toMatchObject({ claimedBytes: 320, presentBytes: 320, bytesPerSecond: 32000 })
    expect(new DataView(repaired.buffer).getUint32(4, true)).toBe(repaired.length - 8)
  })

  test('half a sample at the end of a cut-off file is left out', () => {
    const cutOff = claiming(320).slice(0, 44 + 101)
    expect(parseWavLayout(repairWavHeader(cutOff))?.presentBytes).toBe(100)
  })

  test('a truthful header, and what is no WAV, come back as they are', () => {
    const truthful = claiming(320)
    const text = new TextEncoder().encode('not audio at all, only words')
    expect(repairWavHeader(truthful)).toBe(truthful)
    expect(repairWavHeader(text)).toBe(text)
  })

  test('chunks before the data are stepped over, odd sizes with their padding byte', () => {
    const wav = claiming(320)
    const note = [...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0]
    const withNote = new Uint8Array([...wav.slice(0, 36), ...note, ...wav.slice(36)])
    expect(parseWavLayout(withNote)).toMatchObject({ dataSizeOffset: 52, presentBytes: 320 })
  })
})
