import { describe, expect, test } from 'vitest'
import { FRAME_SAMPLES } from '../domain/speech/segment.ts'
import { encodeWav } from '../domain/speech/wavEncode.ts'
import type { AudioDecoder, DecodedAudio } from './decodeAudio.ts'
import { hearAudioFile } from './hearAudioFile.ts'
import { ScriptedVad, settle, toFrame, toScript } from './scriptedVad.fixture.ts'
import { toMono } from './toMono.ts'
import { claimVad } from './vadClaim.ts'

const toDecoded = (channels: readonly Float32Array[], sampleRate = 16000): DecodedAudio => ({
  length: channels[0].length,
  sampleRate,
  numberOfChannels: channels.length,
  getChannelData: (channel: number) => channels[channel] as Float32Array<ArrayBuffer>,
})

const toAudio = (script: readonly number[], extraSamples = 0) => {
  const audio = new Float32Array(script.length * FRAME_SAMPLES + extraSamples)
  for (const [index, probability] of script.entries()) audio.set(toFrame(probability), index * FRAME_SAMPLES)
  return audio
}

const decoderOf = (decoded: DecodedAudio, durationSec: number | null = null): AudioDecoder => ({
  readDurationSec: async () => durationSec,
  decode: async () => decoded,
})

const refusing: AudioDecoder = {
  readDurationSec: async () => null,
  decode: () => Promise.reject(new DOMException('Unable to decode audio data', 'EncodingError')),
}

const createFile = (name = 'dictation.mp3', content: BlobPart = 'some bytes') => new File([content], name)

const SPOKEN = toAudio(toScript([0.1, 30], [0.9, 20], [0.1, 40], [0.9, 30], [0.1, 40]))

describe('an audio file with speech', () => {
  test('gives its utterances in order, with times in the file and an id each', async () => {
    const heard = await hearAudioFile(createFile(), new ScriptedVad(), { decoder: decoderOf(toDecoded([SPOKEN])) })
    const utterances = heard.ok ? heard.value : []
    expect(utterances.map(({ startMs, endMs }) => [startMs / 32, endMs / 32])).toEqual([
      [21, 68],
      [81, 138],
    ])
    expect(new Set(utterances.map((utterance) => utterance.id)).size).toBe(2)
    expect(utterances[0]).toMatchObject({ source: 'file', sampleRateHz: 16000 })
  })

  test('speech up to the last sample is kept, without the silence that fills the last frame', async () => {
    const audio = toAudio(toScript([0.1, 10], [0.9, 20]), 100)
    const heard = await hearAudioFile(createFile(), new ScriptedVad(), { decoder: decoderOf(toDecoded([audio])) })
    expect(heard.ok && heard.value[0].audio.length).toBe(29 * FRAME_SAMPLES + 100)
    expect(heard.ok && heard.value[0].endMs).toBe(audio.length / 16)
  })

  test('a decoder of another rate is resampled', async () => {
    const slow = new Float32Array(SPOKEN.length / 2).map((_, index) => SPOKEN[index * 2])
    const decoder = decoderOf(toDecoded([slow], 8000))
    const heard = await hearAudioFile(createFile(), new ScriptedVad(), { decoder })
    expect(heard.ok && heard.value).toHaveLength(2)
  })

  test('the model starts each file without memory of the one before', async () => {
    const vad = new ScriptedVad()
    await hearAudioFile(createFile(), vad, { decoder: decoderOf(toDecoded([SPOKEN])) })
    expect(vad.calls.slice(0, 3)).toEqual(['load', 'reset', 'frame'])
  })

  test('two files at once are heard one after the other', async () => {
    const vad = new ScriptedVad()
    const options = { decoder: decoderOf(toDecoded([SPOKEN])) }
    const both = await Promise.all([
      hearAudioFile(createFile(), vad, options),
      hearAudioFile(createFile(), vad, options),
    ])
    expect(both.map((heard) => heard.ok && heard.value.length)).toEqual([2, 2])
    expect(vad.calls.indexOf('load', 1)).toBeGreaterThan(160)
  })

  test('a WAV whose header claims 13 hours is decoded with the length it has', async () => {
    const wav = encodeWav(SPOKEN, 16000)
    new DataView(wav.buffer).setUint32(40, 0x80000000, true)
    let givenBytes = 0
    const decoder: AudioDecoder = {
      readDurationSec: async () => 48_696,
      decode: async (bytes) => {
        givenBytes = new DataView(bytes).getUint32(40, true)
        return toDecoded([SPOKEN])
      },
    }
    const heard = await hearAudioFile(createFile('cut.wav', wav), new ScriptedVad(), { decoder })
    expect(heard.ok).toBe(true)
    expect(givenBytes).toBe(SPOKEN.length * 2)
  })
})

test('a header that claims 2,382 minutes in ten bytes is measured by what is decoded', async () => {
  const heard = await hearAudioFile(createFile('phone.mp4'), new ScriptedVad(), {
    decoder: decoderOf(toDecoded([SPOKEN]), 2382 * 60),
  })
  expect(heard.ok && heard.value).toHaveLength(2)
})

describe('an audio file that cannot be heard', () => {
  const hear = (file: File, decoder: AudioDecoder, vad = new ScriptedVad()) => hearAudioFile(file, vad, { decoder })

  test.each([
    ['audio-empty', createFile('void.wav', ''), refusing],
    ['audio-empty', createFile('header-only.wav', encodeWav(new Float32Array(0), 16000)), refusing],
    ['audio-empty', createFile('zero.ogg'), decoderOf(toDecoded([new Float32Array(0)]))],
    ['audio-undecodable', createFile('letter.pdf'), refusing],
    ['audio-too-long', createFile('lecture.mp3', new Uint8Array(2_000_000)), decoderOf(toDecoded([SPOKEN]), 1801)],
    ['audio-too-long', createFile('lecture.opus'), decoderOf(toDecoded([new Float32Array(1801 * 100)], 100))],
    ['no-speech', createFile('silence.mp3'), decoderOf(toDecoded([new Float32Array(32000)]))],
  ])('is refused as %s, by name', async (code, file, decoder) => {
    const heard = await hear(file, decoder)
    expect(heard).toMatchObject({ ok: false, problem: { code } })
    expect(!heard.ok && heard.problem.message).toContain(`“${file.name}”`)
  })

  test('a file that was moved away is named', async () => {
    const file = createFile('gone.wav')
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
    expect(await hear(file, refusing)).toMatchObject({ ok: false, problem: { code: 'audio-unreadable' } })
  })

  test('a failing model is told as such and leaves the model free', async () => {
    const vad = new ScriptedVad()
    vad.failure = new Error('worker died')
    const decoder = decoderOf(toDecoded([SPOKEN]))
    expect(await hear(createFile(), decoder, vad)).toMatchObject({ ok: false, problem: { code: 'vad-failed' } })
    vad.failure = null
    expect((await hear(createFile(), decoder, vad)).ok).toBe(true)
  })

  test('while the microphone records, the file is refused and the recording is not disturbed', async () => {
    const vad = new ScriptedVad()
    const release = await claimVad(vad, 'microphone')
    const decoder = decoderOf(toDecoded([SPOKEN]))
    expect(await hear(createFile(), decoder, vad)).toMatchObject({
      ok: false,
      problem: { code: 'microphone-recording' },
    })
    expect(vad.calls).toEqual([])
    release()
    expect((await hear(createFile(), decoder, vad)).ok).toBe(true)
  })

  test('aborting rejects and leaves the model free', async () => {
    const vad = new ScriptedVad()
    const abort = new AbortController()
    const options = { decoder: decoderOf(toDecoded([SPOKEN])), signal: abort.signal, onProgress: () => abort.abort() }
    await expect(hearAudioFile(createFile(), vad, options)).rejects.toThrow('abort')
    await settle()
    expect((await hear(createFile(), decoderOf(toDecoded([SPOKEN])), vad)).ok).toBe(true)
  })
})

test('channels are averaged, clipped to full scale, and what is no number is silence of its channel', () => {
  const mono = toMono(toDecoded([new Float32Array([1, 3, Number.NaN]), new Float32Array([0, 3, 1])]))
  expect([...mono]).toEqual([0.5, 1, 0.5])
})
