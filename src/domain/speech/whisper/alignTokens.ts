/** Frames of the median filter along time: openai/whisper, timing.py. */
const MEDIAN_FRAMES = 7

/** Cross-attention of the alignment heads: row-major [tokens, heads, frames], one row for every token that was chosen. */
export interface TokenAttention {
  readonly data: Float32Array
  readonly tokens: number
  readonly heads: number
  readonly frames: number
}

function medianAt(row: Float64Array, at: number, scratch: Float64Array): number {
  const half = (MEDIAN_FRAMES - 1) / 2
  const last = row.length - 1
  for (let n = -half; n <= half; n++) {
    const reflected = Math.abs(at + n)
    scratch[n + half] = row[Math.max(0, reflected > last ? 2 * last - reflected : reflected)]
  }
  scratch.sort()
  return scratch[half]
}

/** [tokens] rows of `frames`: of each head, over the tokens of a frame, mean 0 and deviation 1. */
function normalise({ data, tokens, heads, frames }: TokenAttention, head: number, used: number): Float64Array[] {
  const rows = Array.from({ length: tokens }, () => new Float64Array(used))
  for (let frame = 0; frame < used; frame++) {
    let sum = 0
    let squares = 0
    for (let token = 0; token < tokens; token++) {
      const value = data[(token * heads + head) * frames + frame]
      sum += value
      squares += value * value
    }
    const mean = sum / tokens
    const deviation = Math.sqrt(Math.max(0, squares / tokens - mean * mean)) || 1
    for (let token = 0; token < tokens; token++)
      rows[token][frame] = (data[(token * heads + head) * frames + frame] - mean) / deviation
  }
  return rows
}

/** Mean over the heads of what is left behind the median filter: [tokens] rows of `used` frames. */
function toEvidence(attention: TokenAttention, used: number): Float64Array[] {
  const evidence = Array.from({ length: attention.tokens }, () => new Float64Array(used))
  const scratch = new Float64Array(MEDIAN_FRAMES)
  for (let head = 0; head < attention.heads; head++)
    for (const [token, row] of normalise(attention, head, used).entries())
      for (let frame = 0; frame < used; frame++)
        evidence[token][frame] += medianAt(row, frame, scratch) / attention.heads
  return evidence
}

const DIAGONAL = 0
const TOKEN = 1
const FRAME = 2

/** Best steps of dynamic time warping [tokens, frames]: from where each cell is reached at the lowest cost. */
function warp(evidence: readonly Float64Array[], used: number): Uint8Array {
  const steps = new Uint8Array(evidence.length * used)
  let above = new Float64Array(used + 1).fill(Number.POSITIVE_INFINITY)
  above[0] = 0
  for (const [token, row] of evidence.entries()) {
    const costs = new Float64Array(used + 1).fill(Number.POSITIVE_INFINITY)
    for (let frame = 0; frame < used; frame++) {
      const ways = [above[frame], above[frame + 1], costs[frame]]
      const step =
        ways[DIAGONAL] < ways[TOKEN] && ways[DIAGONAL] < ways[FRAME]
          ? DIAGONAL
          : ways[TOKEN] < ways[FRAME]
            ? TOKEN
            : FRAME
      steps[token * used + frame] = step
      costs[frame + 1] = ways[step] - row[frame]
    }
    above = costs
  }
  return steps
}

/**
 * The frame at which each token begins: dynamic time warping over the cross-attention of the alignment heads, as in
 * openai/whisper (timing.py). Only the first `used` frames, where there is speech, are looked at.
 */
export function alignTokens(attention: TokenAttention, used: number): number[] {
  const span = Math.min(used, attention.frames)
  if (attention.tokens === 0 || span === 0) return []
  const steps = warp(toEvidence(attention, span), span)
  const starts = new Array<number>(attention.tokens).fill(0)
  let token = attention.tokens - 1
  let frame = span - 1
  while (token >= 0 && frame >= 0) {
    starts[token] = frame
    const step = steps[token * span + frame]
    if (step !== FRAME) token--
    if (step !== TOKEN) frame--
  }
  return starts
}
