import { Latest } from '../base/latest.ts'
import { isDue } from '../domain/speech/live/pace.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import { toTranscription } from '../domain/speech/transcription.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import { beginPassage, type HearPassageDeps, hearPassage, type Passage } from './livePassage.ts'

export interface LiveTranscriptDeps extends HearPassageDeps {
  readonly screen: Screen
  /** What is being said now. */
  speechUnderWay(): SpeechUnderWay | null
  /** The page's clock unless a test has one: ms, and a pause of so many. */
  readonly clock?: { now(): number; pause(ms: number): Promise<void> }
}

const CLOCK = {
  now: () => performance.now(),
  pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}

/** How often it is looked whether a pass is due. */
const LOOK_MS = 50
/** What a pass takes before one was measured. */
const EXPECTED_MS = 500
/** One that took longer says nothing of the next: a worker was started, or the machine was asleep. */
const MOST_EXPECTED_MS = 3000

/**
 * While one speaks, what was said so far is heard again and again and shown: what two passes agree upon as settled. It is
 * shown and nothing else: the utterance gets its text, statements and place in the journal when it has ended.
 */
export class LiveTranscript {
  readonly #clock: NonNullable<LiveTranscriptDeps['clock']>
  readonly #listening = new Latest()
  readonly #passes = new Latest()
  #passage: Passage | null = null
  #expectedMs = EXPECTED_MS

  constructor(
    private readonly deps: LiveTranscriptDeps,
    private readonly desk: Desk,
  ) {
    this.#clock = deps.clock ?? CLOCK
  }

  /** Somebody speaks. */
  begin(): void {
    this.end()
    void this.#listen(this.#listening.begin())
  }

  /** What was being said is an utterance now, or is not to be heard: its text goes. One may be speaking on. */
  cut(): void {
    this.#passes.end()
    this.#passage = null
    this.#hide()
  }

  /** A person does not want to see what is being said; the next utterance is shown again. */
  drop(): void {
    this.#passes.end()
    if (this.#passage) this.#passage.isDropped = true
    this.#hide()
  }

  /** Nobody speaks any more. */
  end(): void {
    this.#listening.end()
    this.cut()
  }

  async #listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(signal)
      await this.#clock.pause(LOOK_MS)
    }
  }

  async #look(listening: AbortSignal): Promise<void> {
    const speech = this.deps.speechUnderWay()
    const passage = this.#follow(speech)
    const rule = this.#rule()
    if (!speech || !passage || passage.isDropped || !rule) return
    const beganAtMs = this.#clock.now()
    if (!isDue(speech, passage.former, beganAtMs, this.#expectedMs)) return
    const signal = this.#passes.begin(listening)
    const isTimely = () => (this.deps.speechUnderWay()?.cutInMs ?? 0) >= this.#expectedMs / 2
    const isHeard = await hearPassage(this.deps, passage, { speech, rule, signal, isTimely }).catch(() => {
      // The worker died or the model failed: what is said is told by the final transcript, or by what it falls back on.
      if (!signal.aborted) this.drop()
      return false
    })
    const detail = { startMs: speech.startMs, isAbandoned: signal.aborted }
    if (isHeard || signal.aborted) performance.measure('voxct:live-pass', { start: beganAtMs, detail })
    if (!isHeard || signal.aborted) return
    const tookMs = this.#clock.now() - beganAtMs
    passage.former = { beganAtMs, tookMs, heardMs: speech.endMs }
    if (!passage.isSpelled) return
    this.#expectedMs = Math.min(tookMs, MOST_EXPECTED_MS)
    this.#show(passage)
  }

  /** The passage of what is being said: another one as soon as it is other speech; null where it is not of the study that is read. */
  #follow(speech: SpeechUnderWay | null): Passage | null {
    const studyId = speech?.studyId ?? null
    const isRead = studyId !== null && studyId === this.desk.read?.id
    const isSame = isRead && speech?.startMs === this.#passage?.startMs && studyId === this.#passage?.studyId
    if (isSame) return this.#passage
    this.cut()
    if (speech && isRead) this.#passage = beginPassage(studyId, speech.startMs)
    return this.#passage
  }

  /** How the pack's transcriber is fed; null while none is there. */
  #rule() {
    const isReady = this.deps.screen.get().model.transcriberPhase === 'ready'
    const { alphabet, transcriber } = this.desk.pack?.pack.manifest.speech ?? {}
    return isReady && alphabet && transcriber ? transcriber : null
  }

  #show({ studyId, words }: Passage): void {
    const [settled, unsettled] = [words.settled, words.unsettled].map((some) => toTranscription(some).text)
    if (settled === '' && unsettled === '') this.#hide()
    else this.deps.screen.patch('microphone', { live: { studyId, settled, unsettled } })
  }

  #hide(): void {
    if (this.deps.screen.get().microphone.live) this.deps.screen.patch('microphone', { live: null })
  }
}
