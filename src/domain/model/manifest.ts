import * as v from 'valibot'
import { FINDING_IDS } from '../findings/ctRateFindings.ts'
import { FIGURE_GROUPS } from './figureGroups.ts'

/*
 * The manifest of a model pack: the treaty between training/ (which writes it) and the browser (which reads it).
 * Cases that must be accepted and refused lie in fixtures/manifests/{valid,invalid}; both languages read them.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(1))
const vec3 = v.tuple([v.number(), v.number(), v.number()])
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const provider = v.picklist(['webgpu', 'wasm'])

/** Longest ArrayBuffer of Chromium; a longer file could never be read into one. */
const MAX_FILE_BYTES = 0x7fe00000

const packId = v.pipe(v.string(), v.regex(/^[\w-]+$/))

/** A file by its name beside the manifest. A response of other length or hash is refused. */
const packFile = v.object({
  file: v.pipe(v.string(), v.regex(/^\w[\w.-]*$/)),
  /** Folder beside this pack's own that holds the file, so that two packs can share it; absent: beside the manifest. */
  pack: v.optional(packId),
  bytes: v.pipe(count, v.maxValue(MAX_FILE_BYTES)),
  sha256,
})

const cosine = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** One graph in one precision, with the execution providers it is meant for. */
const graphVariant = v.object({
  ...packFile.entries,
  variant: v.picklist(['fp32', 'fp16', 'int8', 'q4']),
  providers: v.pipe(v.array(provider), v.minLength(1)),
  /** What the self-test asks of this precision, in place of `parity.minCosine`. */
  minCosine: v.optional(cosine),
})
/** In the order in which they are tried: the first one meant for the running provider is fetched. */
const graph = v.pipe(v.array(graphVariant), v.minLength(1))

/** A raw little-endian input with its shape; value = stored number / divisor, so that a probe stays small. */
const probeInput = {
  ...packFile.entries,
  shape: v.pipe(v.array(count), v.minLength(1)),
}
const divisor = v.pipe(v.number(), v.gtValue(0))

/** A stored input and the embedding PyTorch gave for it: the self-test that runs on the user's own device. */
const parityProbe = v.object({
  input: v.variant('kind', [
    /** float32, taken as it is. */
    v.object({ kind: v.literal('file'), ...probeInput }),
    /** int8 / divisor: how training stores CT inputs (divisor 127). */
    v.object({ kind: v.literal('int8-file'), ...probeInput, divisor }),
    /** int16 / divisor: PCM audio (divisor 32768). */
    v.object({ kind: v.literal('int16-file'), ...probeInput, divisor }),
  ]),
  /** Unit embedding of the dequantised input, `embedding.dimension` numbers. */
  expected: v.array(v.number()),
  minCosine: cosine,
})

const ctInput = v.object({
  axisCodes: v.picklist(['SLP', 'SPL', 'SAR']),
  shape: v.tuple([count, count, count]),
  spacingMm: vec3,
  interpolation: v.literal('trilinear'),
  sizeRounding: v.literal('truncate'),
  huClip: v.tuple([v.number(), v.number()]),
  huDivisor: v.number(),
  padValue: v.number(),
  cropRule: v.literal('centre'),
})

const ct = v.object({
  input: ctInput,
  /** Tokens along `input.axisCodes`; a token covers shape / tokenGrid voxels. */
  tokenGrid: v.tuple([count, count, count]),
  tokenDimension: count,
  /** volume f32[1,1,…shape] → tokens f32[1,…tokenGrid,tokenDimension]. */
  trunk: graph,
  /** tokens, directions f32[n,dimension] → embedding f32[1,dimension] (unit), heat f32[n,…tokenGrid]; Σ heat = cosine. */
  head: graph,
  parity: parityProbe,
})

const speech = v.object({
  sampleRateHz: v.literal(16000),
  /** Longer audio is cut in windows of this length, encoded one by one and averaged (SpeechCT-CLIP). */
  windowSeconds: v.pipe(v.number(), v.minValue(1)),
  overlapSeconds: v.pipe(v.number(), v.minValue(0)),
  /** audio f32[1,samples] in [-1,1] → embedding f32[1,dimension] (unit), log_probs f32[1,frames,alphabet]. */
  encoder: graph,
  parity: parityProbe,
  /** CTC alphabet, the blank first (as an empty string). */
  alphabet: v.optional(v.array(v.string())),
  /** Words and n-grams for the transcript (training/voxct/speech/language.py); without it the letters are read greedily. */
  language: v.optional(packFile),
  /**
   * float32 [2 · findings + 1, dimension]: directions that read what was said off the embedding (domain/findings/saidScore.ts);
   * without it the margin between the prompts is read.
   */
  reading: v.optional(packFile),
})

/** Platt scaling fitted on the validation split: P = σ(slope · s + offset), s = logitScale · (cos⁺ − cos⁻). */
const plattScale = v.object({ slope: v.number(), offset: v.number() })

/** On the margin cos⁺ − cos⁻, for speech on the said score: ≥ present → present; ≤ absent → absent; between → not mentioned or unsure. */
const thresholds = v.object({ present: v.number(), absent: v.number() })

const finding = v.object({
  id: v.picklist(FINDING_IDS),
  label: v.string(),
  synonyms: v.array(v.string()),
  calibration: plattScale,
  thresholds: v.object({ ct: thresholds, speech: thresholds }),
  /** Share of positive cases in the validation split, for the panel's percentile and for calibration plots. */
  prevalence: v.number(),
})

const libraryCase = v.object({
  id: v.string(),
  title: v.string(),
  labels: v.pipe(v.array(v.picklist([0, 1])), v.length(FINDING_IDS.length)),
  /** How the app opens the case. */
  open: v.object({ kind: v.literal('phantom'), seed: v.pipe(v.number(), v.integer()) }),
})

/** Lowest and highest: of a bootstrap interval (95 %), or of the seeds of one row. */
const span = v.tuple([v.number(), v.number()])

const figure = v.object({
  name: v.string(),
  split: v.string(),
  n: v.pipe(v.number(), v.integer()),
  value: v.number(),
  /** 95 % interval over patients. */
  interval: v.optional(span),
  /** The same figure with labels shuffled. */
  chance: v.number(),
  /** Where the model page puts it; without it the name decides. */
  group: v.optional(v.picklist(FIGURE_GROUPS)),
  /** The one finding that it is about; without it the end of the name decides. */
  finding: v.optional(v.picklist(FINDING_IDS)),
  date: v.string(),
  command: v.string(),
})

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** Cases of like probability: what the model gave them on average and how many had the finding. */
const reliabilityBin = v.object({ meanProbability: share, share, n: v.pipe(v.number(), v.integer()) })

const comparedFigure = v.object({ value: v.number(), interval: v.optional(span), range: v.optional(span) })
const comparedSplit = v.object({
  n: v.pipe(v.number(), v.integer()),
  auroc: v.optional(comparedFigure),
  f1: v.optional(comparedFigure),
})

/** The methods of the papers beside each other on the same cases. */
const comparison = v.object({
  title: v.string(),
  note: v.optional(v.string()),
  rows: v.array(
    v.object({
      id: v.string(),
      group: v.string(),
      title: v.string(),
      paper: v.string(),
      seeds: count,
      internal: comparedSplit,
      external: v.optional(comparedSplit),
      isThisPack: v.optional(v.boolean()),
    }),
  ),
})

export const manifestSchema = v.object({
  schema: v.literal('voxct-pack/1'),
  id: packId,
  version: v.string(),
  title: v.string(),
  description: v.string(),
  trainedOn: v.string(),
  licence: v.string(),
  citations: v.array(v.string()),
  intendedUse: v.string(),
  clinical: v.literal(false),
  embedding: v.object({
    dimension: count,
    /** e^T of CT-CLIP: factor of the cosine in every logit. */
    logitScale: v.number(),
  }),
  ct,
  speech: v.optional(speech),
  findings: v.pipe(v.array(finding), v.length(FINDING_IDS.length)),
  /** float32 [findings, 2 (positive, negative), 2 (text, speech), dimension], unit vectors. */
  prompts: packFile,
  /** Which prompts score which input. */
  promptKind: v.object({ ct: v.picklist(['text', 'speech']), speech: v.picklist(['text', 'speech']) }),
  library: v.object({
    /** float32 [cases, dimension], unit vectors. */
    embeddings: packFile,
    labelProvenance: v.string(),
    cases: v.array(libraryCase),
  }),
  outOfDistribution: v.optional(
    v.object({
      /**
       * Without regions: Mahalanobis distance of the mean token x; float32 mean [D], then inverse covariance [D²],
       * D = tokenDimension. With regions: |projection · (x − mean)|, x the mean tokens of all regions one after the
       * other; float32 mean [D], then projection [components, D], D = product of regions · tokenDimension.
       */
      statistics: packFile,
      /** Distance above which the scores are said not to apply (99.5th percentile of validation). */
      limit: v.number(),
      /** Equal parts along each axis of the token grid, the last axis fastest; absent: one part, the whole grid. */
      regions: v.optional(v.tuple([count, count, count])),
      /** Rows of the projection; given with `regions`, and only then. */
      components: v.optional(count),
    }),
  ),
  evaluation: v.array(figure),
  /** CT probabilities on the internal test, in bins of equal mass. */
  reliability: v.optional(v.array(reliabilityBin)),
  comparison: v.optional(comparison),
  /** What the pack cannot do, a sentence each. */
  limits: v.optional(v.array(v.string())),
})

export type Manifest = v.InferOutput<typeof manifestSchema>
export type PackFile = v.InferOutput<typeof packFile>
export type GraphVariant = v.InferOutput<typeof graphVariant>
export type ParityProbe = v.InferOutput<typeof parityProbe>
export type ManifestFinding = v.InferOutput<typeof finding>
export type Figure = v.InferOutput<typeof figure>
export type ReliabilityBin = v.InferOutput<typeof reliabilityBin>
export type Comparison = v.InferOutput<typeof comparison>
export type ComparedFigure = v.InferOutput<typeof comparedFigure>
export type LibraryCase = v.InferOutput<typeof libraryCase>
export type Provider = v.InferOutput<typeof provider>
