import { ProblemError, toProblem } from '../base/result.ts'
import { toDistributionStatistics } from '../domain/findings/outOfDistribution.ts'
import type { Manifest, PackFile } from '../domain/model/manifest.ts'
import type { CtEngine, EngineInfo, SpeechEngine } from '../workers/engines.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

export interface LoadModelsDeps {
  readonly screen: Screen
  readonly ctEngine: CtEngine
  readonly speechEngine: SpeechEngine
  /** Reads and checks `manifest.json` under the folder. Rejects with ProblemError. */
  fetchManifest(baseUrl: string): Promise<Manifest>
  /** Fetches a file of the pack; its length and sha256 are checked. Rejects with ProblemError. */
  fetchPackFile(baseUrl: string, file: PackFile): Promise<ArrayBuffer>
}

const toFloats = (buffer: ArrayBuffer): Float32Array => new Float32Array(buffer)

async function fetchLoadedPack(deps: LoadModelsDeps, baseUrl: string): Promise<LoadedPack> {
  const manifest = await deps.fetchManifest(baseUrl)
  const foreign = manifest.outOfDistribution
  const [prompts, library, statistics] = await Promise.all([
    deps.fetchPackFile(baseUrl, manifest.prompts),
    deps.fetchPackFile(baseUrl, manifest.library.embeddings),
    foreign ? deps.fetchPackFile(baseUrl, foreign.statistics) : null,
  ])
  return {
    manifest,
    baseUrl,
    prompts: { vectors: toFloats(prompts), dimension: manifest.embedding.dimension },
    library: toFloats(library),
    distribution:
      foreign && statistics
        ? toDistributionStatistics(toFloats(statistics), manifest.ct.tokenDimension, foreign.limit)
        : null,
  }
}

function showPack(screen: Screen, manifest: Manifest): void {
  screen.patch('model', {
    packId: manifest.id,
    packTitle: manifest.title,
    packVersion: manifest.version,
    evaluation: manifest.evaluation,
    card: {
      description: manifest.description,
      trainedOn: manifest.trainedOn,
      licence: manifest.licence,
      intendedUse: manifest.intendedUse,
      citations: manifest.citations,
    },
  })
  screen.patch('similar', {
    librarySize: manifest.library.cases.length,
    labelProvenance: manifest.library.labelProvenance,
  })
}

/** Names the running provider on screen; also when the engine changes it by itself (GPU lost, wrong numbers). */
export function showEngine(screen: Screen, info: EngineInfo): void {
  const threads = `${info.threads} ${info.threads === 1 ? 'thread' : 'threads'}`
  const note = [info.provider === 'wasm' ? threads : info.adapter, info.note].filter(Boolean).join(' · ')
  screen.patch('model', { ctProvider: info.provider, providerNote: note })
}

async function loadCtEngine({ screen, ctEngine }: LoadModelsDeps, pack: LoadedPack): Promise<void> {
  const info = await ctEngine.load(pack, screen.get().model.providerChoice, (label, fraction) => {
    screen.patch('model', { progress: { label, fraction } })
  })
  showEngine(screen, info)
}

/** The speech side may fail alone: the CT panel goes on, and the microphone says why it does not. */
async function loadSpeechEngine(deps: LoadModelsDeps, pack: LoadedPack): Promise<void> {
  try {
    if (!pack.manifest.speech) return
    await deps.speechEngine.load(pack, () => undefined)
    deps.screen.patch('model', { speechReady: true })
  } catch (thrown) {
    const problem = toProblem(thrown, 'speech-model')
    deps.screen.patch('dictation', { problem })
    deps.screen.notify(problem, 'warning')
  }
}

/**
 * Pack → checked files → both engines on their providers. The phase stays `working`: the caller says `ready` once it
 * has begun to read with them. Null when the pack cannot be used; the user has been told.
 */
export async function loadModels(deps: LoadModelsDeps, baseUrl: string): Promise<LoadedPack | null> {
  const { screen } = deps
  screen.patch('model', {
    phase: 'working',
    problem: null,
    progress: { label: 'Reading the model pack', fraction: null },
  })
  try {
    const pack = await fetchLoadedPack(deps, baseUrl)
    showPack(screen, pack.manifest)
    const speech = loadSpeechEngine(deps, pack)
    await loadCtEngine(deps, pack)
    await speech
    return pack
  } catch (thrown) {
    if (!(thrown instanceof ProblemError) && thrown instanceof Error && thrown.name === 'AbortError') return null
    const problem = toProblem(thrown, 'model', 'Check that the pack is complete, then choose "Load models again".')
    screen.patch('model', { phase: 'failed', progress: null, problem })
    screen.notify(problem)
    return null
  }
}
