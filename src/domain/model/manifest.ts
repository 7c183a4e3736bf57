import * as v from 'valibot'
import { comparison, figure, reliabilityBin } from './manifestFigures.ts'
import {
  cosine,
  count,
  findingId,
  graph,
  packFile,
  packId,
  parityProbe,
  share,
  transcriber,
  trunk,
} from './manifestFiles.ts'
import { ctInput } from './manifestInput.ts'

/*
 * The manifest of a model pack: the treaty between training/ (which writes it) and the browser (which reads it).
 * Cases that must be accepted and refused lie in fixtures/manifests/{valid,invalid}; both languages read them.
 */

const ct = v.object({
  input: ctInput,
  /** Tokens along `input.axisCodes`; a token covers shape / tokenGrid voxels. */
  tokenGrid: v.tuple([count, count, count]),
  tokenDimension: count,
  /** volume f32[1,1,…shape] → tokens f32[1,…tokenGrid,tokenDimension]. */
  trunk,
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
  /** The graph takes exactly so many samples (480,000 of Whisper): a shorter window is padded with zeros. Absent: any. */
  fixedSamples: v.optional(count),
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
  /**
   * Of the finding that a window of speech states most firmly, affirmed or denied (said score); below, and where the words state
   * nothing either, nothing is alike. Absent: every utterance is answered.
   */
  leastScore: v.optional(share),
  /** Writes the transcript; without it the letters of `alphabet` are read. */
  transcriber: v.optional(transcriber),
})

/** Text tower: a typed sentence is a query, too. Runs on wasm. */
const text = v.object({
  /** `tokenizer.json` of Hugging Face's tokenizers. */
  tokenizer: packFile,
  /** Longer sentences are cut, the final token kept (CXR-BERT: 512). */
  maxTokens: count,
  /** ids int64[1,tokens], with start and end token, unpadded → embedding f32[1,dimension] (unit). */
  encoder: graph,
  /** The self-test: a sentence and the embedding PyTorch gave for it. */
  parity: v.object({ text: v.pipe(v.string(), v.minLength(1)), expected: v.array(v.number()), minCosine: cosine }),
  /**
   * Of the finding that a sentence states most firmly, affirmed or denied (said score); below, it says nothing that the pack
   * knows, and nothing is alike. Absent: every sentence is answered.
   */
  leastScore: v.optional(share),
})

/** Platt scaling fitted on the validation split: P = σ(slope · s + offset), s = logitScale · (cos⁺ − cos⁻). */
const plattScale = v.object({ slope: v.number(), offset: v.number() })

/** On the margin cos⁺ − cos⁻, for speech on the said score: ≥ present → present; ≤ absent → absent; between → not mentioned or unsure. */
const thresholds = v.object({ present: v.number(), absent: v.number() })

const phrase = v.pipe(v.string(), v.trim(), v.minLength(1))

const finding = v.object({
  id: findingId,
  label: v.pipe(v.string(), v.trim(), v.minLength(1)),
  /** Other words for it: the search in the panel finds it by them. */
  synonyms: v.array(v.string()),
  /**
   * How radiologists speak of it, for the reader of transcripts. A phrase is words in their order; `|` parts alternatives,
   * `*` is any ending, `!` no plural, `~` up to four other words, `>=10mm` at its end the least diameter. Absent: label and synonyms.
   */
  spoken: v.optional(
    v.object({
      affirms: v.array(phrase),
      /** Phrases that deny it: "normal heart size". */
      denies: v.optional(v.array(phrase)),
      /** Phrases that only sound like it: "cystic fibrosis". */
      ignores: v.optional(v.array(phrase)),
    }),
  ),
  calibration: plattScale,
  thresholds: v.object({ ct: thresholds, speech: thresholds }),
  /** Share of positive cases in the validation split: the panel's tooltip tells it. */
  prevalence: v.number(),
})

/** Of one report; longer ones are cut by the writer. */
const REPORT_LETTERS = 4000

export const libraryCaseSchema = v.object({
  id: v.string(),
  title: v.string(),
  /** One a finding, in the manifest's order; null: unknown; absent: all unknown. */
  labels: v.optional(v.array(v.nullable(v.picklist([0, 1])))),
  /** How the app opens the case; absent: it cannot. `path` lies under `library.volumesUrl`. */
  open: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('phantom'), seed: v.pipe(v.number(), v.integer()) }),
      v.object({ kind: v.literal('file'), path: v.pipe(v.string(), v.minLength(1)) }),
    ]),
  ),
  /** Reconstructions of one scan share it: a list of similar cases shows the best of them alone. */
  scan: v.optional(v.string()),
  /** Scans of one patient share it: a list marks them. A pseudonym; names and hospital numbers have no place here. */
  patient: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** What lists can be filtered by. */
  sex: v.optional(v.picklist(['female', 'male', 'other'])),
  ageYears: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(130))),
  /** ISO 8601 day of the scan. */
  date: v.optional(v.pipe(v.string(), v.isoDate())),
  /** What was reported, or its findings and impression. */
  report: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(REPORT_LETTERS))),
})

const library = v.object({
  /** float32 [cases, dimension], unit vectors; absent where there is no case. */
  embeddings: v.optional(packFile),
  labelProvenance: v.string(),
  cases: v.array(libraryCaseSchema),
  /** The cases of a large library as JSON Lines, one a line in the order of the embeddings; `cases` is empty then. */
  table: v.optional(v.object({ ...packFile.entries, count })),
  /** Folder of the volumes on the app's own origin, with a final slash, relative to the app's base. */
  volumesUrl: v.optional(v.pipe(v.string(), v.regex(/^(?!\/\/)(?![a-z][a-z\d+.-]*:).*\/$/i))),
})

const promptKind = v.picklist(['text', 'speech'])

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
  text: v.optional(text),
  /** What the pack looks for; may be empty. Their order is that of every array with a place a finding. */
  findings: v.array(finding),
  /** False: no validation split stood behind calibration and thresholds. Absent: true. */
  calibrated: v.optional(v.boolean()),
  /**
   * A trained head (CT-LiPro, CT-CLIP's ClassFine) that scores the CT in place of prompts and Platt scaling:
   * P = σ(w · relu(e) + b), e the unit embedding. float32 [findings, dimension + 1], the bias last.
   */
  classifier: v.optional(v.object({ weights: packFile, activation: v.literal('relu') })),
  /** float32 [findings, 2 (positive, negative), 2 (text, speech), dimension], unit vectors; absent where there is no finding. */
  prompts: v.optional(packFile),
  /** Which prompts score which input. */
  promptKind: v.optional(v.object({ ct: promptKind, speech: promptKind }), { ct: 'text', speech: 'text' }),
  library,
  outOfDistribution: v.optional(
    v.object({
      /**
       * Without regions: Mahalanobis distance of the mean token x; float32 mean [D], then inverse covariance [D²],
       * D = tokenDimension. With regions: |projection · (x − mean)|, x the mean tokens of all regions one after the
       * other; float32 mean [D], then projection [components, D], D = product of regions · tokenDimension.
       */
      statistics: v.optional(packFile),
      /** Distance above which the scores are said not to apply; given with the statistics, and only then. */
      limit: v.optional(v.number()),
      /** Equal parts along each axis of the token grid, the last axis fastest; absent: one part, the whole grid. */
      regions: v.optional(v.tuple([count, count, count])),
      /** Rows of the projection; given with `regions`, and only then. */
      components: v.optional(count),
      /** What is compared: mean `tokens` (absent) or the unit `embedding`, D = dimension, without regions. */
      space: v.optional(v.picklist(['tokens', 'embedding'])),
      /** What must be in view: `chest` (lung volume, place and share of the body, domain/ct/chestRegion); absent: chest. */
      body: v.optional(v.picklist(['chest', 'any'])),
      /** It was trained on the app's phantoms alone: scores apply to no file of a scanner. */
      phantomsOnly: v.optional(v.boolean()),
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
export type Library = v.InferOutput<typeof library>
export type TextTower = v.InferOutput<typeof text>
export type LibraryCase = v.InferOutput<typeof libraryCaseSchema>
export type { ComparedFigure, Comparison, ReliabilityBin } from './manifestFigures.ts'
export type {
  GraphPart,
  GraphVariant,
  PackFile,
  ParityProbe,
  Provider,
  TranscriberFiles,
  TrunkVariant,
} from './manifestFiles.ts'
