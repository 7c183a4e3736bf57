import type { TokenPlacement } from '../domain/grounding/heat.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { Volume } from '../domain/volume/volume.ts'

/** What one study has beside its voxels once the CT encoder has read it. */
export interface StudyReading {
  readonly placement: TokenPlacement
  /** Unit embedding. */
  readonly embedding: Float32Array
}

/** Where volumes are kept by id (`storage/volumeStore.ts`). */
export interface VolumeShelf {
  put(id: string, volume: Volume): void
  get(id: string): Volume | undefined
  has(id: string): boolean
  hold(ids: readonly string[]): void
}

/** Arrays too heavy for the store, by the ids that the store holds. */
export interface Heavy {
  /** Keeps a few recent studies within a budget; those held stay. */
  readonly volumes: VolumeShelf
  readonly readings: Map<string, StudyReading>
  readonly utterances: Map<string, Utterance>
  /** Unit embeddings of utterances. */
  readonly utteranceEmbeddings: Map<string, Float32Array>
  /** Unit embeddings of typed sentences, by their text, of the pack in use. */
  readonly textEmbeddings: Map<string, Float32Array>
  /** Cases that searches have found, by their id in the library in use. */
  readonly foundCases: Map<string, LibraryCase>
}

export const createHeavy = (volumes: VolumeShelf): Heavy => ({
  volumes,
  readings: new Map(),
  utterances: new Map(),
  utteranceEmbeddings: new Map(),
  textEmbeddings: new Map(),
  foundCases: new Map(),
})
