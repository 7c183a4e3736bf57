import { isWriterComing, type TimedWord, toTranscription } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { findLater, findLed } from '../domain/voice/leadingWord.ts'
import { fromTranscribed, type SpokenWord, toSpokenWords } from '../domain/voice/spokenWords.ts'
import { isWakePhrase } from '../domain/voice/wakePhrase.ts'
import type { SpeechEngine, TranscriberEngine } from '../inference/engines.ts'
import type { Screen } from '../session/screen.ts'

/** Understands words and runs what they ask for. */
export interface Commander {
  /** The words are a command as a whole: it runs, or a person is told why not. */
  take(words: readonly SpokenWord[], heard: string): void
  /** Whether they would run something, or answer what was asked. */
  isCommand(words: readonly SpokenWord[]): boolean
  /** Whether they answer a question that waits for yes or no. */
  isAnswer(words: readonly SpokenWord[]): boolean
  /** Whether they would answer such a question. */
  isYesOrNo(words: readonly SpokenWord[]): boolean
  /** Nothing could be heard. */
  fail(): void
}

export interface VoiceCommandsDeps {
  readonly screen: Screen
  readonly transcriber: TranscriberEngine
  readonly speechEngine: SpeechEngine
  readonly commander: Commander
}

interface Heard {
  readonly text: string
  readonly words: readonly SpokenWord[]
  /** As the transcriber wrote them; null where none did. */
  readonly timed: readonly TimedWord[] | null
}

/** What an utterance of dictation is besides. */
export type Claim =
  | { readonly kind: 'dictation' }
  | { readonly kind: 'command' }
  /** Dictation up to here, seconds; the command behind it has been taken. */
  | { readonly kind: 'both'; readonly untilSeconds: number }

const DICTATION: Claim = { kind: 'dictation' }

/** What is a command in an utterance, and its words. */
interface Found {
  readonly claim: Exclude<Claim, { kind: 'dictation' }>
  readonly words: readonly SpokenWord[]
  readonly text: string
}

const toHeard = (text: string, timed: readonly TimedWord[] | null): Heard => ({
  text,
  timed,
  words: timed ? fromTranscribed(timed) : toSpokenWords(text),
})
/** Nobody says a longer command; what is longer shows its chips first. */
const LONGEST_LED_MS = 6000

/** The wake phrase stands at the end of what is said; what comes before it is nobody's. */
const WAKE_SECONDS = 4

/** What is said as a command: by a key, in command mode, or behind the leading word. Its sound and words are kept nowhere. */
export class VoiceCommands {
  constructor(private readonly deps: VoiceCommandsDeps) {}

  /** Hears an utterance that is a command. Never rejects. */
  async run({ audio, id }: Utterance): Promise<void> {
    const start = performance.now()
    this.deps.screen.patch('voice', { isThinking: true })
    const heard = await this.#hear(audio).catch(() => null)
    this.deps.screen.patch('voice', { isThinking: false })
    if (!heard || heard.words.length === 0) this.deps.commander.fail()
    else this.deps.commander.take(heard.words, heard.text)
    performance.measure('voxct:command', { start, detail: id })
  }

  /**
   * Whether an utterance of dictation has to be written down before anything is shown of it: it may begin with the leading word.
   * `live`: what it was heard as while it was being said.
   */
  mayBeLed({ source, startMs, endMs }: Utterance, live: string): boolean {
    const { voice, model } = this.deps.screen.get()
    if (source !== 'microphone' || model.transcriberPhase !== 'ready') return false
    if (voice.told?.kind === 'asked') return true
    if (voice.leadingWord === '' || endMs - startMs > LONGEST_LED_MS) return false
    return live === '' || findLed(toSpokenWords(live), voice.leadingWord) !== null
  }

  /** Looks for the wake phrase in what is said while listening sleeps, and wakes. Never rejects. */
  async wake({ audio, sampleRateHz }: Utterance): Promise<void> {
    const { screen } = this.deps
    const heard = await this.#hear(audio.slice(-WAKE_SECONDS * sampleRateHz)).catch(() => null)
    if (heard && isWakePhrase(heard.words, screen.get().voice.leadingWord)) screen.patch('voice', { isAsleep: false })
  }

  /** Writes an utterance down and takes what is a command in it. Never rejects. */
  async claim({ audio }: Utterance): Promise<Claim> {
    const heard = await this.#hear(audio).catch(() => null)
    return heard ? this.#take(heard) : DICTATION
  }

  /** The same for an utterance whose transcript is there. */
  claimWritten(text: string | null, timed: readonly TimedWord[] | null): Claim {
    return text === null ? DICTATION : this.#take(toHeard(text, timed))
  }

  /** What an utterance of an earlier visit is besides, which nobody had written down by then: its command is not to be run any more. */
  claimLate(text: string, timed: readonly TimedWord[] | null): Claim {
    const heard = toHeard(text, timed)
    if (this.deps.commander.isYesOrNo(heard.words)) return { kind: 'command' }
    return this.#find(heard)?.claim ?? DICTATION
  }

  #take(heard: Heard): Claim {
    const found = this.#find(heard)
    if (found) this.deps.commander.take(found.words, found.text)
    return found?.claim ?? DICTATION
  }

  #find({ text, words, timed }: Heard): Found | null {
    const { commander, screen } = this.deps
    const { leadingWord } = screen.get().voice
    if (commander.isAnswer(words)) return { claim: { kind: 'command' }, words, text }
    const led = findLed(words, leadingWord)
    const isLed = led !== null && (led.isSure || commander.isCommand(led.rest))
    return isLed ? { claim: { kind: 'command' }, words: led.rest, text } : this.#findLater(timed ?? [])
  }

  /** A command that follows dictation in one breath. */
  #findLater(timed: readonly TimedWord[]): Found | null {
    const { commander, screen } = this.deps
    const at = timed.findIndex(
      (word, n) => n > 0 && findLater(fromTranscribed([timed[n - 1], word]), screen.get().voice.leadingWord) !== null,
    )
    const rest = timed.slice(at + 1)
    const words = fromTranscribed(rest)
    if (at < 1 || !commander.isCommand(words)) return null
    const claim = { kind: 'both', untilSeconds: timed[at].startSeconds } as const
    return { claim, words, text: toTranscription(rest).text }
  }

  async #hear(audio: Float32Array): Promise<Heard> {
    const { transcriber, speechEngine, screen } = this.deps
    const isComing = isWriterComing(screen.get().model.transcriberPhase)
    const written = isComing ? await transcriber.transcribe(audio) : null
    const text = written ? written.text : ((await speechEngine.encode(audio)).transcript ?? '')
    return toHeard(text, written?.words ?? null)
  }
}
