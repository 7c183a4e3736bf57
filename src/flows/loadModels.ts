import { toProblem } from '../base/result.ts'
import type { EngineInfo } from '../domain/model/engineInfo.ts'
import { toSortedFigure } from '../domain/model/figureGroups.ts'
import { type OfferedPack, toPackUrl } from '../domain/model/keptPack.ts'
import type { Manifest } from '../domain/model/manifest.ts'
import type { CtEngine, SpeechEngine } from '../inference/engines.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { Screen } from '../session/screen.ts'
import { type FetchPackDeps, fetchLoadedPack } from './fetchLoadedPack.ts'
import { createRemainingTime } from './remainingTime.ts'

export interface LoadModelsDeps extends FetchPackDeps {
  readonly screen: Screen
  readonly ctEngine: CtEngine
  readonly speechEngine: SpeechEngine
  /** URL of the folder of all packs on the app's own origin, with a final slash. */
  readonly modelsUrl: string
}

/** Before a pack's manifest is there, nothing of another pack may stand under its name. */
function showComingPack(screen: Screen, { id, title }: OfferedPack): void {
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
      hasSpeech: true,
      variants: [],
      findings: [],
      figures: [],
      reliability: [],
      comparison: null,
      isCalibrated: true,
      isGuarded: true,
      card: null,
      librarySize: 0,
      labelProvenance: '',
    }),
  })
}

function showPack(screen: Screen, manifest: Manifest): void {
  const { ct, speech, library } = manifest
  const variants = [...ct.trunk, ...ct.head, ...(speech?.encoder ?? [])].map(({ variant }) => variant)
  screen.patch('model', {
    packTitle: manifest.title,
    packVersion: manifest.version,
    hasSpeech: speech !== undefined,
    variants: [...new Set(variants)],
    findings: manifest.findings.map(({ id, label, synonyms, prevalence }) => ({ id, label, synonyms, prevalence })),
    figures: manifest.evaluation.map((figure) => toSortedFigure(figure, manifest.findings)),
    reliability: manifest.reliability ?? [],
    comparison: manifest.comparison ?? null,
    isCalibrated: manifest.calibrated ?? true,
    isGuarded: manifest.outOfDistribution?.statistics !== undefined,
    card: {
      description: manifest.description,
      trainedOn: manifest.trainedOn,
      licence: manifest.licence,
      intendedUse: manifest.intendedUse,
      citations: manifest.citations,
      limits: manifest.limits ?? [],
    },
    librarySize: library.table?.count ?? library.cases.length,
    labelProvenance: library.labelProvenance,
  })
}

/** An engine that had to take another variant than the pack prefers says so once. */
function tellFallback(screen: Screen, { fallback }: EngineInfo): void {
  const nextStep = 'The scores hold: what runs has passed its self-test. The model page names it.'
  if (fallback) screen.notify({ code: 'variant-fallback', message: fallback, nextStep }, 'warning')
}

/** Names the running provider on screen; also when the engine changes it by itself (GPU lost, wrong numbers). */
export function showEngine(screen: Screen, info: EngineInfo): void {
  const threads = `${info.threads} ${info.threads === 1 ? 'thread' : 'threads'}`
  const note = [info.provider === 'wasm' ? threads : info.adapter, info.note].filter(Boolean).join(' · ')
  tellFallback(screen, info)
  screen.patch('model', { ctProvider: info.provider, providerNote: note, ctEngine: info })
}

async function loadCtEngine({ screen, ctEngine }: LoadModelsDeps, pack: LoadedPack, signal: AbortSignal) {
  const { providerChoice: provider, variantChoice: variant } = screen.get().model
  const estimate = createRemainingTime()
  const report = (label: string, fraction: number | null) => {
    const remainingMs = estimate(label, fraction, performance.now())
    screen.patch('model', { progress: { label, fraction, remainingMs } })
  }
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
    tellFallback(screen, info)
    screen.patch('model', { speechReady: true, speechEngine: info })
    // What an earlier pack could not load is settled; a microphone that failed is not.
    if (screen.get().microphone.status !== 'failed') screen.patch('microphone', { problem: null })
  } catch (thrown) {
    if (signal.aborted) return
    const problem = toProblem(thrown, 'speech-model')
    screen.patch('model', { speechReady: false, speechEngine: null })
    screen.patch('microphone', { problem })
    screen.notify(problem, 'warning')
  }
}

async function loadEngines(deps: LoadModelsDeps, pack: LoadedPack, signal: AbortSignal): Promise<void> {
  showPack(deps.screen, pack.manifest)
  const speech = loadSpeechEngine(deps, pack, signal)
  await loadCtEngine(deps, pack, signal)
  await speech
}

function showFailure(screen: Screen, thrown: unknown): void {
  const nextStep = 'Check that the pack is complete, then load it again or choose another model.'
  const problem = toProblem(thrown, 'model', nextStep)
  screen.patch('model', { phase: 'failed', progress: null, problem })
  screen.notify(problem)
}

/**
 * Pack → checked files → both engines on their providers. The phase stays `working`: the caller says `ready` once it
 * has begun to read with them. Null when the pack cannot be used, which the user has been told, or when the signal says
 * that another load has taken over, which then has the screen.
 */
export async function loadModels(
  deps: LoadModelsDeps,
  entry: OfferedPack,
  signal: AbortSignal,
): Promise<LoadedPack | null> {
  showComingPack(deps.screen, entry)
  let pack: LoadedPack | null = null
  try {
    pack = await fetchLoadedPack(deps, toPackUrl(deps.modelsUrl, entry))
    if (!signal.aborted) await loadEngines(deps, pack, signal)
    if (!signal.aborted) return pack
  } catch (thrown) {
    if (!signal.aborted) showFailure(deps.screen, thrown)
  }
  pack?.library.close()
  return null
}
