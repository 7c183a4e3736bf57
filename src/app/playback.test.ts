import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import { createPlayback } from './playback.ts'

const utterance = (id: string): Utterance => ({
  id,
  studyId: 'phantom-1',
  audio: new Float32Array(160),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 10,
  source: 'microphone',
})

class FakeAudio extends EventTarget {
  static readonly all: FakeAudio[] = []
  #refuse: (reason: Error) => void = () => undefined
  isPlaying = false
  constructor() {
    super()
    FakeAudio.all.push(this)
  }
  play(): Promise<void> {
    this.isPlaying = true
    return new Promise((_, reject) => {
      this.#refuse = reject
    })
  }
  /** As a browser does: what has not begun by then is refused a little later. */
  pause(): void {
    this.isPlaying = false
    this.#refuse(new Error('interrupted by pause'))
  }
}

const sounding = () => FakeAudio.all.map(({ isPlaying }) => isPlaying)

beforeEach(() => {
  FakeAudio.all.length = 0
  vi.stubGlobal('Audio', FakeAudio)
})
afterEach(() => vi.unstubAllGlobals())

it('plays one utterance at a time, and none once it is stopped', async () => {
  const told: (string | null)[] = []
  const { play, stop } = createPlayback((id) => told.push(id))
  play(utterance('a'))
  play(utterance('b'))
  await new Promise((resolve) => setTimeout(resolve))
  expect(sounding()).toEqual([false, true])
  expect(told).toEqual(['a', null, 'b'])
  stop()
  stop()
  expect(sounding()).toEqual([false, false])
  expect(told).toEqual(['a', null, 'b', null])
  play(utterance('b'))
  FakeAudio.all.at(-1)?.dispatchEvent(new Event('ended'))
  expect(told.slice(-2)).toEqual(['b', null])
})
