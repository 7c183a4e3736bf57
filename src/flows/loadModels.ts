import { toProblem } from '../base/result.ts'
import { toDistributionStatistics } from '../domain/findings/outOfDistribution.ts'
import { scoreByPrompts, scoreByReading } from '../domain/findings/saidScore.ts'
import { toSortedFigure } from '../domain/model/figureGroups.ts'
import type { Manifest, PackFile } from '../domain/model/manifest.ts'
import type { PackEntry } from '../domain/model/packList.ts'
import type { EngineState } from '../state/appState.ts'
import type { CtEngine, EngineInfo, SpeechEngine } from '../workers/engines.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

export interface LoadModelsDeps {
  readonly screen: Screen
  readonly ctEngine: CtEngine
  readonly speechEngine: SpeechEngine
  /** URL of the folder of all packs on the app's own origin, with a final slash. */
  readonly modelsUrl: string
  /** Reads and checks `manifest.json` under the folder. Rejects with ProblemError. */
  fetchManifest(baseUrl: string): Promise<Manifest>
  /** Fetches a file of the pack; its length and sha256 are checked. Rejects with ProblemError. */
  fetchPackFile(baseUrl: string, file: PackFile): Promise<ArrayBuffer>
}

const toFloats = (buffer: ArrayBuffer): Float32Array => new Float32Array(buffer)

async function fetchLoadedPack(deps: LoadModelsDeps, baseUrl: string): Promise<LoadedPack> {
  const manifest = await deps.fetchManifest(baseUrl)
  const foreign = manifest.outOfDistribution
  const reading = manifest.speech?.reading
  const [prompts, library, statistics, directions] = await Promise.all([
    deps.fetchPackFile(baseUrl, manifest.prompts),
    deps.fetchPackFile(baseUrl, manifest.library.embeddings),
    foreign ? deps.fetchPackFile(baseUrl, foreign.statistics) : null,
    reading ? deps.fetchPackFile(baseUrl, reading) : null,
  ])
  const { dimension } = manifest.embedding
  const bank = { vectors: toFloats(prompts), dimension }
  return {
    manifest,
    baseUrl,
    prompts: bank,
    saidScore: directions
      ? scoreByReading({ vectors: toFloats(directions), dimension })
      : scoreByPrompts(bank, manifest.promptKind.speech),
    library: toFloats(library),
    distribution:
      foreign && statistics
        ? toDistributionStatistics(toFloats(statistics), manifest.ct.tokenDimension, foreign)
        : null,
  }
}

/** Before a pack's manifest is there, nothing of another pack may stand under its name. */
function showComingPack(screen: Screen, { id, title }: PackEntry): void {
  const isOther = screen.get().model.packId !== id
  screen.patch('model', {
    phase: 'working',
    problem: null,
    progress: { label: `Reading ${title}`, fraction: null },
    ctEngine: null,
    ...(isOther && {
      packId: id,
      packTitle: title,
      packVersion: null,
      variants: [],
      figures: [],
      reliability: [],
      comparison: null,
      card: null,
    }),
  })
  if (isOther) screen.patch('similar', { librarySize: 0, labelProvenance: '' })
}

function showPack(screen: Screen, manifest: Manifest): void {
  const { ct, speech, library } = manifest
  const variants = [...ct.trunk, ...ct.head, ...(speech?.encoder ?? [])].map(({ variant }) => variant)
  screen.patch('model', {
    packTitle: manifest.title,
    packVersion: manifest.version,
    variants: [...new Set(variants)],
    figures: manifest.evaluation.map(toSortedFigure),
    reliability: manifest.reliability ?? [],
    comparison: manifest.comparison ?? null,
    card: {
      description: manifest.description,
      trainedOn: manifest.trainedOn,
      licence: manifest.licence,
      intendedUse: manifest.intendedUse,
      citations: manifest.citations,
      limits: manifest.limits ?? [],
    },
  })
  screen.patch('similar', { librarySize: library.cases.length, labelProvenance: library.labelProvenance })
}

/** An engine that had to take another variant than the pack prefers says so once. */
function takeEngine(screen: Screen, { fallback, ...engine }: EngineInfo): EngineState {
  const nextStep = 'The scores hold: what runs has passed its self-test. The model page names it.'
  if (fallback) screen.notify({ code: 'variant-fallback', message: fallback, nextStep }, 'warning')
  return engine
}

/** Names the running provider on screen; also when the engine changes it by itself (GPU lost, wrong numbers). */
export function showEngine(screen: Screen, info: EngineInfo): void {
  const threads = `${info.threads} ${info.threads === 1 ? 'thread' : 'threads'}`
  const note = [info.provider === 'wasm' ? threads : info.adapter, info.note].filter(Boolean).join(' · ')
  screen.patch('model', { ctProvider: info.provider, providerNote: note, ctEngine: takeEngine(screen, info) })
}

async function loadCtEngine({ screen, ctEngine }: LoadModelsDeps, pack: LoadedPack, signal: AbortSignal) {
  const { providerChoice: provider, variantChoice: variant } = screen.get().model
  const report = (label: string, fraction: number | null) => screen.patch('model', { progress: { label, fraction } })
  const info = await ctEngine.load(pack, { provider, variant }, report, signal)
  if (!signal.aborted) showEngine(screen, info)
}

/** The speech side may fail alone: the CT panel goes on, and the microphone says why it does not. */
async function loadSpeechEngine(deps: LoadModelsDeps, pack: LoadedPack, signal: AbortSignal): Promise<void> {
  const { screen, speechEngine } = deps
  if (!pack.manifest.speech) return screen.patch('model', { speechReady: false, speechEngine: null })
  try {
    const info = await speechEngine.load(pack, screen.get().model.variantChoice, () => undefined)
    if (signal.aborted) return
    screen.patch('model', { speechReady: true, speechEngine: takeEngine(screen, info) })
    // What an earlier pack could not load is settled; a microphone that failed is not.
    if (screen.get().dictation.microphone !== 'failed') screen.patch('dictation', { problem: null })
  } catch (thrown) {
    if (signal.aborted) return
    const problem = toProblem(thrown, 'speech-model')
    screen.patch('model', { speechReady: false, speechEngine: null })
    screen.patch('dictation', { problem })
    screen.notify(problem, 'warning')
  }
}

/**
 * Pack → checked files → both engines on their providers. The phase stays `working`: the caller says `ready` once it
 * has begun to read with them. Null when the pack cannot be used, which the user has been told, or when the signal says
 * that another load has taken over, which then has the screen.
 */
export async function loadModels(
  deps: LoadModelsDeps,
  entry: PackEntry,
  signal: AbortSignal,
): Promise<LoadedPack | null> {
  const { screen } = deps
  showComingPack(screen, entry)
  try {
    const pack = await fetchLoadedPack(deps, `${deps.modelsUrl}${entry.id}/`)
    if (signal.aborted) return null
    showPack(screen, pack.manifest)
    const speech = loadSpeechEngine(deps, pack, signal)
    await loadCtEngine(deps, pack, signal)
    await speech
    return signal.aborted ? null : pack
  } catch (thrown) {
    if (signal.aborted) return null
    const problem = toProblem(
      thrown,
      'model',
      'Check that the pack is complete, then load it again or choose another model.',
    )
    screen.patch('model', { phase: 'failed', progress: null, problem })
    screen.notify(problem)
    return null
  }
}
