import { FRAME_SAMPLES } from '../domain/speech/segment.ts'
import type { VadModel } from './microphone.ts'

/** For tests: a model whose answer to a frame is the frame's own first sample, and which notes what it is asked. */
export class ScriptedVad implements VadModel {
  readonly calls: string[] = []
  /** Set to make the next answers fail. */
  failure: Error | null = null
  /** Set to hold the loading back. */
  loading: Promise<void> = Promise.resolve()

  async loadVad(): Promise<void> {
    await this.loading
    if (this.failure) throw this.failure
    this.calls.push('load')
  }

  async resetVad(): Promise<void> {
    this.calls.push('reset')
  }

  async vadProbability(frame: Float32Array): Promise<number> {
    if (this.failure) throw this.failure
    this.calls.push('frame')
    return frame[0]
  }
}

/** A frame that the scripted model takes for speech with this probability. */
export const toFrame = (probability: number) => new Float32Array(FRAME_SAMPLES).fill(probability)

/** `[probability, count]` pairs as a list of probabilities, a frame each. */
export const toScript = (...runs: (readonly [number, number])[]) =>
  runs.flatMap(([probability, count]) => Array.from({ length: count }, () => probability))

/** Lets everything that is queued run to its end. */
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
