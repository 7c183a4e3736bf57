import type { Manifest } from '../domain/model/manifest.ts'
import { isSameSpeech } from '../domain/model/sameSpeech.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { failWaiting, forgetEmbeddings, hearAgain, SPEECH_MISSING } from './hearAgain.ts'
import { addToTimeline, failUtterance, type HearUtteranceDeps, hearUtterance } from './hearUtterance.ts'
import type { LoadedPack } from './loadedPack.ts'

export interface DictationDeps extends Omit<HearUtteranceDeps, 'keep' | 'isWanted'> {
  readonly journal: DictationJournal
  /** The pack in use, or null while none is. */
  currentPack(): LoadedPack | null
}

/** The utterances of the study on screen: spoken, restored, and heard again when the pack changes. */
export class Dictation {
  /** What made the utterances' embeddings. */
  #ears: { readonly manifest: Manifest; readonly variant: string | undefined } | null = null

  constructor(private readonly deps: DictationDeps) {}

  /** Puts utterances into the timeline before the first of them is heard. */
  add(utterances: readonly Utterance[]): void {
    const hearing = this.#toHearing()
    for (const utterance of utterances) addToTimeline(hearing, utterance)
  }

  /** `later`: it waits for the models, or they changed while it was encoded. */
  async hear(utterance: Utterance): Promise<'heard' | 'failed' | 'later'> {
    const hearing = this.#toHearing()
    const pack = this.deps.currentPack()
    addToTimeline(hearing, utterance)
    const { phase, speechReady } = this.deps.screen.get().model
    if (pack && speechReady) {
      if (await hearUtterance(hearing, pack, utterance)) return 'heard'
      return hearing.isWanted() ? 'failed' : 'later'
    }
    if (phase !== 'working') failUtterance(hearing, utterance, SPEECH_MISSING)
    return 'later'
  }

  async restore(studyId: string): Promise<void> {
    const { screen, heavy, journal } = this.deps
    const kept = await journal.list(studyId)
    if (screen.get().study.current?.id !== studyId) return
    for (const { utterance } of kept) heavy.utterances.set(utterance.id, utterance)
    screen.patch('dictation', { utterances: kept.map(({ item }) => item), lastRemoved: null })
  }

  /** Embeddings stay where the new pack hears with the very encoder that made them. */
  takePack({ manifest }: LoadedPack): void {
    const { screen, heavy } = this.deps
    const variant = screen.get().model.speechEngine?.variant
    const isSame = this.#ears?.variant === variant && isSameSpeech(this.#ears?.manifest ?? manifest, manifest)
    if (this.#ears && !isSame) forgetEmbeddings(screen, heavy)
    this.#ears = { manifest, variant }
  }

  /** Embeddings are not kept over a reload: restored utterances are encoded again. Late answers are dropped. */
  async hearAgain(): Promise<void> {
    const { screen } = this.deps
    const pack = this.deps.currentPack()
    const studyId = screen.get().study.current?.id
    const isWanted = () => this.deps.currentPack() === pack && screen.get().study.current?.id === studyId
    if (pack) await hearAgain({ ...this.deps, keep: () => undefined, isWanted }, pack)
  }

  /** No model will hear those that wait. */
  giveUp(): void {
    failWaiting(this.#toHearing(), SPEECH_MISSING)
  }

  /** Utterances spoken now belong to the study on screen now, whatever is opened before they are encoded. */
  #toHearing() {
    const { screen, journal, currentPack } = this.deps
    const studyId = screen.get().study.current?.id
    const pack = currentPack()
    const keep = (item: UtteranceItem, utterance: Utterance) => {
      if (studyId !== undefined) journal.put(studyId, item, utterance)
    }
    return { ...this.deps, keep, isWanted: () => currentPack() === pack } satisfies HearUtteranceDeps
  }
}
