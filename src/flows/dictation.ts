import type { Manifest } from '../domain/model/manifest.ts'
import { isSameSpeech } from '../domain/model/sameSpeech.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import { failWaiting, forgetEmbeddings, hearAgain, SPEECH_MISSING } from './hearAgain.ts'
import { addToTimeline, failUtterance, type HearUtteranceDeps, hearUtterance } from './hearUtterance.ts'

export interface DictationDeps extends HearUtteranceDeps {
  /** View, slice and crosshair now. */
  currentPlace(): StudyPlace | null
}

/** What was spoken about each open study: heard and kept where it belongs, and heard again when the pack changes. */
export class Dictation {
  /** What made the utterances' embeddings. */
  #ears: { readonly manifest: Manifest; readonly variant: string | undefined } | null = null
  /** Where a person looked when the speech under way began. */
  #begun: { readonly studyId: string | null; readonly place: StudyPlace | null } | null = null

  constructor(
    private readonly deps: DictationDeps,
    private readonly desk: Desk,
  ) {}

  /** Speech begins, or goes on as another utterance: it is spoken at the place on screen now. */
  begin(): void {
    this.#begun = { studyId: this.desk.read?.id ?? null, place: this.deps.currentPlace() }
  }

  /** Puts utterances into the timeline before the first of them is heard. */
  add(study: StudySession, utterances: readonly Utterance[]): void {
    for (const utterance of utterances) addToTimeline(this.deps.journal, study, utterance, this.#placeOf(study))
  }

  /** An utterance of the timeline. `later`: it waits for the models, or they changed while it was encoded. */
  async hear(
    pack: PackSession | null,
    study: StudySession,
    utterance: Utterance,
  ): Promise<'heard' | 'failed' | 'later'> {
    const { phase, speechReady } = this.deps.screen.get().model
    if (pack && speechReady) {
      if (await hearUtterance(this.deps, pack, study, utterance)) return 'heard'
      return pack.signal.aborted ? 'later' : 'failed'
    }
    if (phase !== 'working') failUtterance(this.deps, study, utterance.id, SPEECH_MISSING)
    return 'later'
  }

  /** Embeddings stay where the new pack hears with the very encoder that made them. */
  takePack({ pack: { manifest } }: PackSession): void {
    const variant = this.deps.screen.get().model.speechEngine?.variant
    const isSame = this.#ears?.variant === variant && isSameSpeech(this.#ears?.manifest ?? manifest, manifest)
    if (this.#ears && !isSame) for (const study of this.desk.sessions) forgetEmbeddings(study)
    this.#ears = { manifest, variant }
  }

  /** Embeddings are not kept over a reload: restored utterances are encoded again. */
  hearAgain(pack: PackSession, study: StudySession): Promise<void> {
    return hearAgain(this.deps, pack, study)
  }

  /** No model will hear those that wait. */
  giveUp(): void {
    for (const study of this.desk.sessions) failWaiting(this.deps, study)
  }

  #placeOf(study: StudySession): StudyPlace | null {
    if (this.#begun?.studyId === study.id) return this.#begun.place
    return this.desk.read === study ? this.deps.currentPlace() : null
  }
}
