import { describe, expect, it } from 'vitest'
import { FRAME_SAMPLES } from './segment.ts'
import { type SignalFault, SignalWatch } from './signalWatch.ts'

/** A tone of 200 Hz on a little noise, as a stream of frames; beyond full scale it is cut off. */
function toFrames(seconds: number, peak: number, noise = 0): Float32Array[] {
  let seed = 1
  const toNoise = () => {
    seed = (seed * 16807) % 2147483647
    return (2 * seed) / 2147483647 - 1
  }
  return Array.from({ length: Math.round((seconds * 16000) / FRAME_SAMPLES) }, (_, frame) =>
    Float32Array.from({ length: FRAME_SAMPLES }, (_, n) => {
      const value = peak * Math.sin((2 * Math.PI * 200 * (frame * FRAME_SAMPLES + n)) / 16000) + noise * toNoise()
      return Math.max(-1, Math.min(1, value))
    }),
  )
}

/** Seconds of the stream after which the fault is first told; null: never. */
function firstTold(watch: SignalWatch, frames: Float32Array[], fault: SignalFault, isTalking = false): number | null {
  const at = frames.map((frame) => watch.take(frame, isTalking)).indexOf(fault)
  return at < 0 ? null : ((at + 1) * FRAME_SAMPLES) / 16000
}

const ROOM = 1e-4

describe('a microphone that is switched off', () => {
  it('is told within three seconds of stream, from the beginning and in the middle', () => {
    const watch = new SignalWatch()
    expect(firstTold(watch, toFrames(4, 0), 'no-sound')).toBeLessThanOrEqual(3)
    for (const frame of toFrames(2, 0.3)) watch.take(frame, false)
    expect(firstTold(watch, toFrames(4, 0), 'no-sound')).toBeLessThanOrEqual(3)
  })

  it('is told where a converter sends its last bit, too, and not before two seconds of pause', () => {
    const watch = new SignalWatch()
    expect(firstTold(watch, toFrames(4, 2 ** -16), 'no-sound')).toBeLessThanOrEqual(3)
    expect(firstTold(new SignalWatch(), toFrames(2, 0), 'no-sound')).toBeNull()
  })

  it('is settled by the first sound', () => {
    const watch = new SignalWatch()
    for (const frame of toFrames(3, 0)) watch.take(frame, false)
    expect(watch.take(toFrames(0.032, 0.1)[0], false)).toBeNull()
  })
})

describe('a microphone that sends zeros in every pause', () => {
  it('is not told in a pause once two have ended by themselves, but where one does not end or a person says that they speak', () => {
    const watch = new SignalWatch()
    for (let n = 0; n < 3; n++) for (const frame of [...toFrames(1, 0.3), ...toFrames(1, 0)]) watch.take(frame, false)
    expect(firstTold(watch, toFrames(15, 0), 'no-sound')).toBeNull()
    expect(firstTold(watch, toFrames(8, 0), 'no-sound')).not.toBeNull()
    for (const frame of toFrames(1, 0.3)) watch.take(frame, false)
    watch.beginTalk()
    expect(firstTold(watch, toFrames(4, 0), 'no-sound', true)).toBeLessThanOrEqual(3)
  })

  it('is told within three seconds where it was muted after steady sound', () => {
    const watch = new SignalWatch()
    for (const frame of toFrames(10, 0.3, ROOM)) watch.take(frame, false)
    expect(firstTold(watch, toFrames(4, 0), 'no-sound')).toBeLessThanOrEqual(3)
  })
})

describe('a microphone that is too quiet', () => {
  it('is told within three seconds where nothing was heard yet, and is not the same as no sound', () => {
    const quiet = toFrames(4, 0, ROOM)
    expect(firstTold(new SignalWatch(), quiet, 'too-quiet')).toBeLessThanOrEqual(3)
    expect(firstTold(new SignalWatch(), quiet, 'no-sound')).toBeNull()
  })

  it('is told again while the talk key says that one speaks, and never in a pause between sentences', () => {
    const watch = new SignalWatch()
    for (const frame of toFrames(1, 0.3)) watch.take(frame, false)
    expect(firstTold(watch, toFrames(30, 0, ROOM), 'too-quiet')).toBeNull()
    watch.beginTalk()
    expect(firstTold(watch, toFrames(4, 0, ROOM), 'too-quiet', true)).toBeLessThanOrEqual(3)
  })

  it('is not soft speech', () => {
    expect(firstTold(new SignalWatch(), toFrames(4, 0.012, ROOM), 'too-quiet', true)).toBeNull()
  })
})

describe('a microphone that clips', () => {
  it('is told within three seconds of speech with flat tops, and until none has come for five', () => {
    const watch = new SignalWatch()
    expect(firstTold(watch, toFrames(3, 1.5), 'clipping')).toBeLessThanOrEqual(3)
    const after = toFrames(6, 0.3).map((frame) => watch.take(frame, false))
    expect(after[0]).toBe('clipping')
    expect(after.at(-1)).toBeNull()
  })

  it('is not loud speech below full scale, nor one knock', () => {
    expect(firstTold(new SignalWatch(), toFrames(4, 0.97), 'clipping')).toBeNull()
    const knock = [...toFrames(1, 0.2), ...toFrames(0.09, 2), ...toFrames(3, 0.2)]
    expect(firstTold(new SignalWatch(), knock, 'clipping')).toBeNull()
  })
})
