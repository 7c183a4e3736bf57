import { FRAME_MS } from './segment.ts'

/** What is wrong with the sound of a microphone: nothing at all comes, next to nothing, or more than it can carry. */
export type SignalFault = 'no-sound' | 'too-quiet' | 'clipping'

/** Half a step of 16 bits: a working microphone has noise, a switched-off one sends zeros or the dither of a converter. */
const NO_SOUND_PEAK = 2 ** -15
/** −60 dB of full scale: quiet speech into a far microphone has its peaks ten times higher. */
const QUIET_PEAK = 1e-3
/** −40 dB: sound that shows the microphone to be open, louder than the noise of a room. */
const HEARD_PEAK = 1e-2
/** Flat tops at full scale. */
const CLIPPED_LEVEL = 0.985
const CLIPPED_RUN_SAMPLES = 3
/** A knock on the table clips, too, and is nothing to tell. */
const LEAST_CLIPPED_FRAMES = 4
/** All of it on the clock of the stream, and under the three seconds in which a person is to know. */
const SIGNAL_WINDOW_MS = 2560
const WINDOW_FRAMES = Math.round(SIGNAL_WINDOW_MS / FRAME_MS)
/**
 * A microphone that cuts its noise away sends zeros in every pause, and its pauses end by themselves. Once two of them have, longer than the stops
 * within a word, silence is told only where it outlasts a pause for thought.
 */
const GATED_PAUSES = 2
const GATED_PAUSE_FRAMES = Math.round(500 / FRAME_MS)
const GATED_SILENCE_FRAMES = Math.round(20_000 / FRAME_MS)
/** Clipping comes with the loud words: it is told until this long without any. */
const UNCLIPPED_FRAMES = Math.round(5000 / FRAME_MS)

interface FrameLevel {
  readonly peak: number
  readonly isClipped: boolean
}

function toLevel(frame: Float32Array): FrameLevel {
  let peak = 0
  let run = 0
  let longest = 0
  for (const sample of frame) {
    const magnitude = Math.abs(sample)
    if (magnitude > peak) peak = magnitude
    run = magnitude >= CLIPPED_LEVEL ? run + 1 : 0
    if (run > longest) longest = run
  }
  return { peak, isClipped: longest >= CLIPPED_RUN_SAMPLES }
}

/** Looks at the frames of one opening of the microphone in order. Time is what was captured, not what the clock says. */
export class SignalWatch {
  readonly #levels: FrameLevel[] = []
  #fault: SignalFault | null = null
  #hasHeard = false
  #framesUnclipped = 0
  /** Frames without any sound, up to now. */
  #silent = 0
  #pauses = 0

  /**
   * The next frame of 512 samples at 16 kHz → what is wrong now. `isTalking`: a person says by the talk key that they speak; without
   * it a quiet room is nothing wrong once anything was heard.
   */
  take(frame: Float32Array, isTalking: boolean): SignalFault | null {
    const level = toLevel(frame)
    this.#levels.push(level)
    if (this.#levels.length > WINDOW_FRAMES) this.#levels.shift()
    if (level.peak >= HEARD_PEAK) this.#hasHeard = true
    this.#framesUnclipped = level.isClipped ? 0 : this.#framesUnclipped + 1
    this.#countPauses(level.peak)
    this.#fault = this.#judge(isTalking)
    return this.#fault
  }

  /** The talk key went down: what was heard before it says nothing of what is spoken now. */
  beginTalk(): void {
    this.#levels.length = 0
  }

  #judge(isTalking: boolean): SignalFault | null {
    if (this.#isClipping()) return 'clipping'
    const peak = this.#levels.reduce((most, level) => Math.max(most, level.peak), 0)
    if (peak >= HEARD_PEAK) return null
    // Too little to judge: what was wrong stays so until something is heard.
    if (this.#levels.length < WINDOW_FRAMES) return peak < QUIET_PEAK ? this.#fault : null
    if (peak < NO_SOUND_PEAK) return this.#isGated() && !isTalking ? null : 'no-sound'
    return peak < QUIET_PEAK && (isTalking || !this.#hasHeard) ? 'too-quiet' : null
  }

  #countPauses(peak: number): void {
    if (peak < NO_SOUND_PEAK) {
      this.#silent += 1
      return
    }
    if (this.#silent >= GATED_PAUSE_FRAMES && this.#hasHeard) this.#pauses += 1
    this.#silent = 0
  }

  #isGated(): boolean {
    return this.#pauses >= GATED_PAUSES && this.#silent < GATED_SILENCE_FRAMES
  }

  #isClipping(): boolean {
    if (this.#fault === 'clipping') return this.#framesUnclipped < UNCLIPPED_FRAMES
    return this.#levels.filter(({ isClipped }) => isClipped).length >= LEAST_CLIPPED_FRAMES
  }
}
