import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import { toClassifierHead } from '../domain/findings/classifier.ts'
import { toDistributionStatistics } from '../domain/findings/outOfDistribution.ts'
import { scoreByPrompts, scoreByReading } from '../domain/findings/saidScore.ts'
import { toEncoderHash } from '../domain/model/encoderKey.ts'
import type { Manifest, PackFile } from '../domain/model/manifest.ts'
import { toVocabulary } from '../domain/statements/transcript/mentions.ts'
import { toSpellings } from '../domain/statements/transcript/respell.ts'
import type { PackSource } from '../inference/engines.ts'
import type { LoadedPack } from '../session/loadedPack.ts'

export interface FetchPackDeps {
  /** Reads and checks `manifest.json` under the folder. Rejects with ProblemError. */
  fetchManifest(baseUrl: string): Promise<Manifest>
  /** Fetches a file of the pack; its length and sha256 are checked. Rejects with ProblemError. */
  fetchPackFile(baseUrl: string, file: PackFile): Promise<ArrayBuffer>
  /** Begins to load the cases, in a worker of their own; a library that fails is told of when it is searched. */
  openLibrary(pack: PackSource): CaseLibrary
}

/** Manifest and small files of a pack; its library comes by itself. Rejects with ProblemError. */
export async function fetchLoadedPack(deps: FetchPackDeps, baseUrl: string): Promise<LoadedPack> {
  const manifest = await deps.fetchManifest(baseUrl)
  const { outOfDistribution: foreign, classifier, speech, embedding, ct } = manifest
  const fetchFloats = async (file: PackFile | undefined) =>
    file ? new Float32Array(await deps.fetchPackFile(baseUrl, file)) : null
  const [encoder, prompts, statistics, directions, weights] = await Promise.all([
    toEncoderHash(manifest),
    fetchFloats(manifest.prompts),
    fetchFloats(foreign?.statistics),
    fetchFloats(speech?.reading),
    fetchFloats(classifier?.weights),
  ])
  const { dimension } = embedding
  const width = foreign?.space === 'embedding' ? dimension : ct.tokenDimension
  const bank = { vectors: prompts ?? new Float32Array(0), dimension }
  return {
    manifest,
    baseUrl,
    encoder,
    prompts: bank,
    saidScore: directions
      ? scoreByReading({ vectors: directions, dimension })
      : scoreByPrompts(bank, manifest.promptKind.speech),
    vocabulary: toVocabulary(manifest.findings),
    spellings: toSpellings(manifest.findings),
    classifier: weights && toClassifierHead(weights, dimension, manifest.findings.length),
    library: deps.openLibrary({ manifest, baseUrl }),
    guard: {
      knowsPhantomsOnly: foreign?.phantomsOnly ?? false,
      needsChest: (foreign?.body ?? 'chest') === 'chest',
      distribution: foreign && statistics ? toDistributionStatistics(statistics, width, foreign) : null,
    },
  }
}
