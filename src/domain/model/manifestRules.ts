import type { GraphVariant, Manifest, ParityProbe } from './manifest.ts'

/** Why the manifest contradicts itself, beginning with the path of the field; null when it does not. */
type Rule = (manifest: Manifest) => string | null

const FLOAT_BYTES = 4
const PROBE_ITEM_BYTES: Record<ParityProbe['input']['kind'], number> = { file: 4, 'int8-file': 1, 'int16-file': 2 }

const product = (numbers: readonly number[]): number => numbers.reduce((all, n) => all * n, 1)

const expectBytes = (path: string, bytes: number, expected: number): string | null =>
  bytes === expected
    ? null
    : `${path}.bytes: expected ${expected} for the shapes the manifest gives, but received ${bytes}`

/** Somebody without a GPU must still be served. */
const expectWasm = (path: string, graph: readonly GraphVariant[]): string | null =>
  graph.some((variant) => variant.providers.includes('wasm')) ? null : `${path}: no variant is meant for wasm`

/** Voxels or samples of the probe once every stored one is repeated. */
const countProbe = ({ input: { shape, repeat } }: ParityProbe): number => product(shape) * product(repeat ?? [])

function checkProbe(path: string, probe: ParityProbe, dimension: number): string | null {
  if (probe.expected.length !== dimension)
    return `${path}.expected: expected ${dimension} numbers, but received ${probe.expected.length}`
  const { kind, shape, bytes } = probe.input
  return expectBytes(`${path}.input`, bytes, product(shape) * PROBE_ITEM_BYTES[kind])
}

const findingsAreDistinct: Rule = ({ findings }) => {
  for (const field of ['id', 'label'] as const) {
    const names = findings.map((finding) => finding[field])
    const wrong = names.findIndex((name, n) => names.indexOf(name) !== n)
    if (wrong >= 0) return `findings.${wrong}.${field}: ${names[wrong]} is there twice`
  }
  return null
}

const figuresAreOfFindings: Rule = ({ findings, evaluation }) => {
  const wrong = evaluation.findIndex((one) => one.finding && !findings.some(({ id }) => id === one.finding))
  return wrong < 0 ? null : `evaluation.${wrong}.finding: the pack has no finding ${evaluation[wrong].finding}`
}

/** The lines of a table are looked at when they are read (`caseTable.ts`). */
const labelsFit: Rule = ({ findings, library: { cases } }) => {
  const wrong = cases.findIndex(({ labels }) => labels && labels.length !== findings.length)
  if (wrong < 0) return null
  return `library.cases.${wrong}.labels: expected ${findings.length}, but received ${cases[wrong].labels?.length}`
}

const thresholdsAreOrdered: Rule = ({ findings }) => {
  for (const [n, { thresholds }] of findings.entries())
    for (const side of ['ct', 'speech'] as const)
      if (thresholds[side].absent > thresholds[side].present)
        return `findings.${n}.thresholds.${side}.absent: lies above the threshold of present`
  return null
}

const tokensTileTheInput: Rule = ({ ct }) => {
  const wrong = ct.input.shape.findIndex((voxels, axis) => voxels % ct.tokenGrid[axis] !== 0)
  return wrong < 0 ? null : `ct.tokenGrid.${wrong}: does not divide the input shape ${ct.input.shape[wrong]}`
}

const windowIsOpen: Rule = ({ ct: { input } }) =>
  input.huClip[0] < input.huClip[1] ? null : 'ct.input.huClip: its lower bound is not below its upper one'

/** What scores findings, and findings, are there together or not at all. */
const findingsAreScored: Rule = ({ findings, prompts, classifier, speech, text }) => {
  if (findings.length > 0) return prompts ? null : 'prompts: are missing, though there are findings'
  if (prompts) return 'prompts: are of no finding'
  if (classifier) return 'classifier: is of no finding'
  if (speech?.leastScore !== undefined) return 'speech.leastScore: is of no finding'
  return text?.leastScore === undefined ? null : 'text.leastScore: is of no finding'
}

const ctProbeFits: Rule = ({ ct, embedding }) =>
  checkProbe('ct.parity', ct.parity, embedding.dimension) ??
  (countProbe(ct.parity) === product(ct.input.shape) ? null : 'ct.parity.input.shape: is not ct.input.shape')

/** A slab is whole tokens, and the parts share one progress bar. */
const partsFit: Rule = ({ ct }) => {
  for (const [n, variant] of ct.trunk.entries()) {
    const parts = [variant, ...(variant.next ?? [])]
    const wrong = parts.findIndex(({ slabs }) => ct.tokenGrid[0] % (slabs ?? 1) !== 0)
    if (wrong >= 0) return `${toPartPath(n, wrong)}.slabs: does not divide the token grid ${ct.tokenGrid[0]}`
    const timed = parts.filter(({ work }) => work !== undefined)
    if (timed.length > 0 && timed.length < parts.length) return `ct.trunk.${n}.work: stands at some parts only`
  }
  return null
}

const toPartPath = (variant: number, part: number): string =>
  part === 0 ? `ct.trunk.${variant}` : `ct.trunk.${variant}.next.${part - 1}`

const speechFits: Rule = ({ speech, embedding, findings }) => {
  if (!speech) return null
  if (speech.overlapSeconds >= speech.windowSeconds) return 'speech.overlapSeconds: is not shorter than windowSeconds'
  if (speech.alphabet && speech.alphabet[0] !== '')
    return 'speech.alphabet.0: the blank must come first, as an empty string'
  if (speech.alphabet && new Set(speech.alphabet).size !== speech.alphabet.length)
    return 'speech.alphabet: has a letter twice'
  if (speech.reading) {
    const rows = 2 * findings.length + 1
    const wrong = expectBytes('speech.reading', speech.reading.bytes, rows * embedding.dimension * FLOAT_BYTES)
    if (wrong) return wrong
  }
  if (speech.language && !speech.alphabet?.includes(' ')) return 'speech.language: needs an alphabet with a space'
  return checkProbe('speech.parity', speech.parity, embedding.dimension) ?? expectWasm('speech.encoder', speech.encoder)
}

const transcriberFits: Rule = ({ speech }) => {
  const given = speech?.transcriber
  if (!given) return null
  const { tokens, start, end, prompt, contextsSeconds, parity } = given
  const lists = { start, end: [end], prompt, 'parity.expected': parity.expected }
  for (const [name, ids] of Object.entries(lists))
    if (ids.some((id) => id >= tokens.count)) return `speech.transcriber.${name}: has an id beyond tokens.count`
  if (contextsSeconds.some((seconds, n) => n > 0 && seconds <= contextsSeconds[n - 1]))
    return 'speech.transcriber.contextsSeconds: does not rise'
  const { kind, shape, bytes } = parity.input
  return (
    expectBytes('speech.transcriber.parity.input', bytes, product(shape) * PROBE_ITEM_BYTES[kind]) ??
    expectWasm('speech.transcriber.encoder', given.encoder) ??
    expectWasm('speech.transcriber.decoder', given.decoder)
  )
}

const textFits: Rule = ({ text, embedding }) => {
  if (!text) return null
  const { expected } = text.parity
  if (expected.length !== embedding.dimension)
    return `text.parity.expected: expected ${embedding.dimension} numbers, but received ${expected.length}`
  return expectWasm('text.encoder', text.encoder)
}

const filesFitTheirShapes: Rule = ({ embedding, findings, prompts, classifier }) => {
  const row = embedding.dimension * FLOAT_BYTES
  const weights = findings.length * (row + FLOAT_BYTES)
  return (
    (prompts ? expectBytes('prompts', prompts.bytes, findings.length * 2 * 2 * row) : null) ??
    (classifier ? expectBytes('classifier.weights', classifier.weights.bytes, weights) : null)
  )
}

const libraryFits: Rule = ({ embedding, library: { embeddings, cases, table } }) => {
  if (table && cases.length > 0) return 'library.cases: must be empty where library.table names the cases'
  const count = table?.count ?? cases.length
  if (!embeddings) return count === 0 ? null : 'library.embeddings: is missing'
  return expectBytes('library.embeddings', embeddings.bytes, count * embedding.dimension * FLOAT_BYTES)
}

const statisticsFit: Rule = ({ outOfDistribution: guard, ct, embedding }) => {
  if (!guard) return null
  const { regions, components, statistics, limit } = guard
  if ((statistics === undefined) !== (limit === undefined))
    return 'outOfDistribution.limit: belongs with statistics, and statistics with it'
  if (regions && !statistics) return 'outOfDistribution.regions: belongs with statistics'
  if ((regions === undefined) !== (components === undefined))
    return 'outOfDistribution.components: belongs with regions, and regions with it'
  const wrong = regions?.findIndex((parts, axis) => ct.tokenGrid[axis] % parts !== 0) ?? -1
  if (wrong >= 0) return `outOfDistribution.regions.${wrong}: does not divide the token grid ${ct.tokenGrid[wrong]}`
  if (guard.space === 'embedding' && regions) return 'outOfDistribution.regions: an embedding has no regions'
  if (!statistics) return null
  const d = guard.space === 'embedding' ? embedding.dimension : product(regions ?? [1]) * ct.tokenDimension
  return expectBytes('outOfDistribution.statistics', statistics.bytes, (d + (components ?? d) * d) * FLOAT_BYTES)
}

const RULES: readonly Rule[] = [
  findingsAreDistinct,
  figuresAreOfFindings,
  findingsAreScored,
  thresholdsAreOrdered,
  windowIsOpen,
  tokensTileTheInput,
  ctProbeFits,
  speechFits,
  transcriberFits,
  partsFit,
  textFits,
  filesFitTheirShapes,
  libraryFits,
  labelsFit,
  statisticsFit,
  ({ ct }) => expectWasm('ct.trunk', ct.trunk) ?? expectWasm('ct.head', ct.head),
]

/** First contradiction between fields that are each valid alone, or null. Python repeats these rules when it packs. */
export function findContradiction(manifest: Manifest): string | null {
  for (const rule of RULES) {
    const found = rule(manifest)
    if (found) return found
  }
  return null
}
