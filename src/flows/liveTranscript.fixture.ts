import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import type { TimedWord } from '../domain/speech/transcription.ts'
import type { Desk } from '../session/desk.ts'
import type { LiveText } from '../state/appState.ts'
import { createAppStore } from '../state/store.ts'
import { LiveTranscript, type LiveTranscriptDeps } from './liveTranscript.ts'

/** Lets every promise that can settle do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Time goes on when a test says so, from one pause's end to the next. */
export class FakeClock {
  #now = 0
  #pauses: { readonly atMs: number; readonly end: () => void }[] = []

  now = (): number => this.#now

  pause = (ms: number): Promise<void> =>
    new Promise((end) => {
      this.#pauses.push({ atMs: this.#now + ms, end })
    })

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (;;) {
      const next = Math.min(...this.#pauses.map(({ atMs }) => atMs))
      if (next > end) break
      this.#now = next
      const due = this.#pauses.filter(({ atMs }) => atMs === next)
      this.#pauses = this.#pauses.filter(({ atMs }) => atMs !== next)
      for (const pause of due) pause.end()
      await settle()
    }
    this.#now = end
  }
}

/** So long is a spoken word, and silence that ends an utterance. */
const WORD_MS = 400
const REDEMPTION_MS = 600

interface Pass {
  readonly atMs: number
  doneMs?: number
  /** Of sound. */
  readonly seconds: number
}

/** Somebody speaks numbers from 0 on, and a transcriber hears those that were spoken wholly, taking its time. */
export class LiveWorld {
  readonly store = createAppStore()
  readonly transcript: LiveTranscript
  readonly passes: Pass[] = []
  readonly shown: (LiveText | null)[] = []
  readonly speech = { alphabet: ['', 'a'], transcriber: { contextsSeconds: [10, 15], mostSpeech: 0.7 } }
  checks = 0
  passMs = 100
  spelled = 'spelled'
  failure: Error | null = null
  isBusy = false
  /** While there is speech. */
  cutInMs = 60_000
  readId = 'a'
  #startMs: number | null = null
  #silentFromMs: number | null = null
  #heardFromMs = 0

  constructor(readonly clock: FakeClock) {
    this.store.patch('model', { transcriberPhase: 'ready' })
    this.store.subscribe(({ microphone }, former) => {
      if (microphone.live !== former.microphone.live) this.shown.push(microphone.live)
    })
    const world = this
    const desk = {
      get read() {
        return { id: world.readId }
      },
      pack: { pack: { manifest: { speech: this.speech } } },
    } as unknown as Desk
    const deps = {
      screen: this.store,
      clock,
      speechUnderWay: () => this.#underWay(),
      speechEngine: { encode: async () => this.#spell() },
      transcriber: { hearPart: (audio: Float32Array, isWanted: () => boolean) => this.#hearPart(audio, isWanted) },
    } as unknown as LiveTranscriptDeps
    this.transcript = new LiveTranscript(deps, desk)
  }

  get live(): LiveText | null {
    return this.store.get().microphone.live
  }

  speak(): void {
    this.#startMs = this.clock.now()
    this.#silentFromMs = null
    this.transcript.begin()
  }

  fallSilent(): void {
    this.#silentFromMs = this.clock.now()
  }

  speakOn(): void {
    this.#silentFromMs = null
  }

  /** As the microphone does it when speech has ended. */
  cut(): void {
    this.#startMs = null
    this.transcript.end()
    this.transcript.cut()
  }

  /** As it does it when speech is too long. */
  cutAndGoOn(): void {
    this.#startMs = this.clock.now()
    this.transcript.cut()
  }

  #underWay(): SpeechUnderWay | null {
    const startMs = this.#startMs
    if (startMs === null) return null
    const endMs = this.clock.now()
    const silentMs = this.#silentFromMs === null ? 0 : endMs - this.#silentFromMs
    const takeFrom = (ms: number) => {
      this.#heardFromMs = ms - startMs
      return new Float32Array(Math.round((endMs - ms) * 16))
    }
    const cutInMs = silentMs > 0 ? REDEMPTION_MS - silentMs : this.cutInMs
    return { studyId: 'a', startMs, endMs, silentMs, cutInMs, takeFrom }
  }

  #spell() {
    this.checks++
    return { transcript: this.spelled }
  }

  async #hearPart(audio: Float32Array, isWanted: () => boolean): Promise<readonly TimedWord[] | null> {
    if (this.isBusy) return null
    const pass: Pass = { atMs: this.clock.now(), seconds: audio.length / 16_000 }
    const fromMs = this.#heardFromMs
    this.passes.push(pass)
    await this.clock.pause(this.passMs / 2)
    if (this.failure) throw this.failure
    if (!isWanted()) return null
    await this.clock.pause(this.passMs / 2)
    pass.doneMs = this.clock.now()
    const [first, end] = [Math.ceil(fromMs / WORD_MS), Math.floor((fromMs + audio.length / 16) / WORD_MS)]
    return Array.from({ length: Math.max(0, end - first) }, (_, n) => {
      const startSeconds = ((first + n) * WORD_MS - fromMs) / 1000
      return { text: String(first + n), startSeconds, endSeconds: startSeconds + WORD_MS / 1000, probability: 1 }
    })
  }
}
