import { isWriterComing, type TimedWord, toTranscription } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { findLater, findLed } from '../domain/voice/leadingWord.ts'
import { fromTranscribed, type SpokenWord, toSpokenWords } from '../domain/voice/spokenWords.ts'
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
/** Nobody says a longer command; what is longer shows its chips first. */
const LONGEST_LED_MS = 6000

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

  /** Writes an utterance down and takes what is a command in it. Never rejects. */
  async claim({ audio }: Utterance): Promise<Claim> {
    const heard = await this.#hear(audio).catch(() => null)
    return heard ? this.#take(heard) : DICTATION
  }

  /** The same for an utterance whose transcript is there. */
  claimWritten(text: string | null, timed: readonly TimedWord[] | null): Claim {
    if (text === null) return DICTATION
    return this.#take({ text, timed, words: timed ? fromTranscribed(timed) : toSpokenWords(text) })
  }

  #take({ text, words, timed }: Heard): Claim {
    const { commander, screen } = this.deps
    const { leadingWord } = screen.get().voice
    if (commander.isAnswer(words)) {
      commander.take(words, text)
      return { kind: 'command' }
    }
    const led = findLed(words, leadingWord)
    if (led && (led.isSure || commander.isCommand(led.rest))) {
      commander.take(led.rest, text)
      return { kind: 'command' }
    }
    return this.#takeLater(timed ?? [])
  }

  /** A command that follows dictation in one breath. */
  #takeLater(timed: readonly TimedWord[]): Claim {
    const { commander, screen } = this.deps
    const at = timed.findIndex(
      (word, n) => n > 0 && findLater(fromTranscribed([timed[n - 1], word]), screen.get().voice.leadingWord) !== null,
    )
    const rest = timed.slice(at + 1)
    if (at < 1 || !commander.isCommand(fromTranscribed(rest))) return DICTATION
    commander.take(fromTranscribed(rest), toTranscription(rest).text)
    return { kind: 'both', untilSeconds: timed[at].startSeconds }
  }

  async #hear(audio: Float32Array): Promise<Heard> {
    const { transcriber, speechEngine, screen } = this.deps
    const isComing = isWriterComing(screen.get().model.transcriberPhase)
    const written = isComing ? await transcriber.transcribe(audio) : null
    const text = written ? written.text : ((await speechEngine.encode(audio)).transcript ?? '')
    const timed = written?.words ?? null
    return { text, timed, words: timed ? fromTranscribed(timed) : toSpokenWords(text) }
  }
}
