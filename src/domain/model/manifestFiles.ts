import * as v from 'valibot'

/*
 * The files that a manifest names: graphs in their variants and parts, and the inputs of the self-tests.
 */

export const count = v.pipe(v.number(), v.integer(), v.minValue(1))
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const provider = v.picklist(['webgpu', 'wasm'])

/** Longest ArrayBuffer of Chromium; a longer file could never be read into one. */
const MAX_FILE_BYTES = 0x7fe00000

export const packId = v.pipe(v.string(), v.regex(/^[\w-]+$/))

/**
 * Of a finding. It becomes part of DOM ids and of names of files: so it begins with a letter, as a CSS selector wants it
 * without escapes; has nothing that parts a path or an address; and no capitals, since some file systems fold them.
 */
export const findingId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,63}$/))

/** A file by its name beside the manifest. A response of other length or hash is refused. */
export const packFile = v.object({
  file: v.pipe(v.string(), v.regex(/^\w[\w.-]*$/)),
  /** Folder beside this pack's own that holds the file, so that two packs can share it; absent: beside the manifest. */
  pack: v.optional(packId),
  bytes: v.pipe(count, v.maxValue(MAX_FILE_BYTES)),
  sha256,
})

export const cosine = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** An ONNX file with what belongs to it. */
const graphFile = {
  ...packFile.entries,
  /** External data: `file` is the location that the graph's initializers name; several graphs may name the same file. */
  external: v.optional(v.array(packFile)),
}

/** One of several graphs that are run one after the other. */
const graphPart = {
  ...graphFile,
  /** Runs on so many equal pieces along the first spatial axis of its input; the outputs are joined along it. Absent: 1. */
  slabs: v.optional(count),
  /** Share of the whole graph's time, for the progress bar; absent: equal shares. */
  work: v.optional(share),
}

/** One graph in one precision, with the execution providers it is meant for. */
const graphVariant = v.object({
  ...graphFile,
  /** q4 and q8: weights of 4 and 8 bits (MatMulNBits), activations float32. */
  variant: v.picklist(['fp32', 'fp16', 'int8', 'q4', 'q8']),
  providers: v.pipe(v.array(provider), v.minLength(1)),
  /** What the self-test asks of this precision, in place of `parity.minCosine`. */
  minCosine: v.optional(cosine),
})

/** A trunk may be cut in parts, so that a long run shows its progress, ends early and needs less memory at once. */
const trunkVariant = v.object({
  ...graphVariant.entries,
  ...graphPart,
  /**
   * The graphs that follow, each of one input and one output (ONNX wants two names). The variant's own file takes
   * `volume` (its slab: f32[1,1,S/slabs,H,W]); each next one takes what the last one gave: f32[1,S/slabs,…], the first
   * spatial axis second.
   */
  next: v.optional(v.array(v.object(graphPart))),
})

/** In the order in which they are tried: the first one meant for the running provider is fetched. */
export const graph = v.pipe(v.array(graphVariant), v.minLength(1))
export const trunk = v.pipe(v.array(trunkVariant), v.minLength(1))

/** A raw little-endian input with its shape; value = stored number / divisor, so that a probe stays small. */
const probeInput = {
  ...packFile.entries,
  shape: v.pipe(v.array(count), v.minLength(1)),
}
const divisor = v.pipe(v.number(), v.gtValue(0))
/** Every stored voxel stands for so many along each axis of `shape`: a large volume in a small file. Absent: 1. */
const repeat = v.optional(v.tuple([count, count, count]))

const storedInput = v.variant('kind', [
  /** float32, taken as it is. */
  v.object({ kind: v.literal('file'), ...probeInput, repeat }),
  /** int8 / divisor: how training stores CT inputs (divisor 127). */
  v.object({ kind: v.literal('int8-file'), ...probeInput, divisor, repeat }),
  /** int16 / divisor: PCM audio (divisor 32768). */
  v.object({ kind: v.literal('int16-file'), ...probeInput, divisor, repeat }),
])

/** A stored input and the embedding PyTorch gave for it: the self-test that runs on the user's own device. */
export const parityProbe = v.object({
  input: storedInput,
  /** Unit embedding of the dequantised input, `embedding.dimension` numbers. */
  expected: v.array(v.number()),
  minCosine: cosine,
})

const tokenId = v.pipe(v.number(), v.integer(), v.minValue(0))

/**
 * Whisper (Radford et al. 2022) writes down what is said: an encoder of any context, and greedy decoding with its loop in
 * the graph. Ids are those of `tokens`.
 */
export const transcriber = v.object({
  /** audio f32[1,samples], samples / 320 positions → states f32[positions,width]; further outputs are for other readers. */
  encoder: graph,
  /**
   * states, prompt int64[n], bias f32[tokens], most int64[1] → tokens f32[t] with the end where it was reached,
   * log_probs f32[t], no_speech f32[1], attention f32[t,heads,positions] of the heads that follow the words.
   */
  decoder: graph,
  /** The bytes of every token (src/domain/speech/whisper/tokenTable.ts). */
  tokens: v.object({ ...packFile.entries, count }),
  /** With which decoding begins: language and task. */
  start: v.pipe(v.array(tokenId), v.minLength(1)),
  end: tokenId,
  /** Before `start`: what is taken for said before, so that rare words become likelier. May be empty. */
  prompt: v.array(tokenId),
  /** Lengths of context, rising; the shortest that speech fills to `mostSpeech` at most is taken. */
  contextsSeconds: v.pipe(v.array(v.pipe(v.number(), v.gtValue(0))), v.minLength(1)),
  mostSpeech: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  /** Longer speech is cut in the last pause before that, looked for in so much of its end. */
  cutSearchSeconds: v.pipe(v.number(), v.gtValue(0)),
  /** Tokens at most: so many a second of speech and some to spare. */
  tokensASecond: v.pipe(v.number(), v.gtValue(0)),
  spareTokens: count,
  /** A window below says nothing: mean log-probability of its tokens, and another limit from `noSpeech` on. */
  guard: v.object({ leastLogProb: v.number(), noSpeech: share, leastLogProbIfSilent: v.number() }),
  /** The self-test: a stored clip, and the tokens that are written about it. */
  parity: v.object({ input: storedInput, most: count, expected: v.pipe(v.array(tokenId), v.minLength(1)) }),
})

export type TranscriberFiles = v.InferOutput<typeof transcriber>
export type PackFile = v.InferOutput<typeof packFile>
export type GraphVariant = v.InferOutput<typeof graphVariant>
export type TrunkVariant = v.InferOutput<typeof trunkVariant>
/** A file of a graph with its external data, and how it is run. */
export type GraphPart = Pick<TrunkVariant, keyof typeof graphPart>
export type ParityProbe = v.InferOutput<typeof parityProbe>
export type Provider = v.InferOutput<typeof provider>
