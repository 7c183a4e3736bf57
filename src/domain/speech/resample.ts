import { assert } from '../../base/assert.ts'

/** Zero crossings of the sinc on each side; 24 with a Blackman window give > 70 dB stop band. */
const ZERO_CROSSINGS = 24
/** Cutoff as a share of the lower Nyquist frequency, so that the transition band ends near it. */
const CUTOFF_SHARE = 0.92

/**
 * Polyphase windowed-sinc resampler for a stream in blocks. For browsers that refuse a 16 kHz AudioContext on a 48 kHz
 * microphone (Firefox, bug 1674892); averaging samples instead would fold hiss above 8 kHz into the speech.
 * Output n lies exactly at input position n·from/to; the first output waits for half a kernel of input.
 */
export class StreamResampler {
  readonly #phases: readonly Float32Array[]
  readonly #half: number
  readonly #step: number
  /** Input not yet fully used; starts with the silence before the first sample. */
  #pending: Float32Array
  /** Of the next output: index in `#pending` of the input sample at or before it, and the fraction in phases. */
  #index: number
  #phase = 0

  constructor(fromHz: number, toHz: number) {
    assert(fromHz > 0 && toHz > 0 && Number.isInteger(fromHz) && Number.isInteger(toHz), 'sample rates are whole Hz')
    const divisor = toGreatestCommonDivisor(fromHz, toHz)
    this.#step = fromHz / divisor
    const phaseCount = toHz / divisor
    const cutoff = 0.5 * Math.min(1, toHz / fromHz) * CUTOFF_SHARE
    this.#half = Math.ceil(ZERO_CROSSINGS * Math.max(1, fromHz / toHz))
    this.#phases = Array.from({ length: phaseCount }, (_, phase) => toKernel(this.#half, cutoff, phase / phaseCount))
    this.#pending = new Float32Array(this.#half - 1)
    this.#index = this.#half - 1
  }

  /** Input samples that an output needs beyond its own position: push this much silence to get the last ones. */
  get lookahead(): number {
    return this.#half
  }

  /** Takes the next block and returns every output sample that it completes. */
  push(block: Float32Array): Float32Array {
    const input = new Float32Array(this.#pending.length + block.length)
    input.set(this.#pending)
    input.set(block, this.#pending.length)
    const output = new Float32Array(Math.ceil((input.length * this.#phases.length) / this.#step))
    let count = 0
    while (this.#index + this.#half < input.length) {
      output[count] = this.#toSample(input)
      count += 1
      this.#phase += this.#step
      this.#index += Math.floor(this.#phase / this.#phases.length)
      this.#phase %= this.#phases.length
    }
    const used = Math.min(input.length, Math.max(0, this.#index - this.#half + 1))
    this.#pending = input.slice(used)
    this.#index -= used
    return output.slice(0, count)
  }

  #toSample(input: Float32Array): number {
    const kernel = this.#phases[this.#phase]
    const first = this.#index - this.#half + 1
    let sum = 0
    for (let tap = 0; tap < kernel.length; tap += 1) sum += kernel[tap] * input[first + tap]
    return sum
  }
}

/** A whole recording at another rate; its length is rounded to the nearest sample. */
export function resampleAudio(audio: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return audio
  const resampler = new StreamResampler(fromHz, toHz)
  const body = resampler.push(audio)
  const tail = resampler.push(new Float32Array(resampler.lookahead + 1))
  const resampled = new Float32Array(Math.round((audio.length * toHz) / fromHz))
  resampled.set(body.subarray(0, resampled.length))
  resampled.set(tail.subarray(0, resampled.length - body.length), Math.min(body.length, resampled.length))
  return resampled
}

/** Taps for an output `fraction` of a sample after its input, scaled so that a constant keeps its value. */
function toKernel(half: number, cutoff: number, fraction: number): Float32Array {
  const taps = Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - half + 1 - fraction
    return toSinc(2 * cutoff * distance) * toBlackman(distance / half)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return Float32Array.from(taps, (tap) => tap / sum)
}

const toSinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Blackman window over [-1, 1]. */
function toBlackman(x: number): number {
  if (Math.abs(x) >= 1) return 0
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)
}

function toGreatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : toGreatestCommonDivisor(b, a % b)
}
