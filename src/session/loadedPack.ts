import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import type { ClassifierHead } from '../domain/findings/classifier.ts'
import type { GuardRules } from '../domain/findings/foreignness.ts'
import type { PromptBank } from '../domain/findings/prompts.ts'
import type { SaidScore } from '../domain/findings/saidScore.ts'
import type { Manifest } from '../domain/model/manifest.ts'
import type { Vocabulary } from '../domain/statements/transcript/mentions.ts'

/** A pack whose small files have been fetched and checked. */
export interface LoadedPack {
  readonly manifest: Manifest
  readonly baseUrl: string
  /** What tells its embeddings from those of another encoder (`domain/model/encoderKey.ts`). */
  readonly encoder: string
  readonly prompts: PromptBank
  /** How the pack reads what an utterance states. */
  readonly saidScore: SaidScore
  /** By which words it is spoken of the pack's findings. */
  readonly vocabulary: Vocabulary
  /** Words that a doubtful one may be meant for. */
  readonly spellings: ReadonlySet<string>
  /** Scores the CT findings in place of the prompts, where the pack has one. */
  readonly classifier: ClassifierHead | null
  /** The cases to compare with. */
  readonly library: CaseLibrary
  /** By what it knows a scan that its scores do not apply to. */
  readonly guard: GuardRules
}
