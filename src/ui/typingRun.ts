import { isSingleCharacter } from '../commands/keys/press.ts'

/** Characters that follow one another faster than this are a text. */
const TEXT_MS = 500

/**
 * Tells a Space within typed text from one that is held to talk. Only asked while single characters are switched off:
 * then what dictation software types into the page must do nothing, its blanks included.
 */
export class TypingRun {
  #lastAt = Number.NEGATIVE_INFINITY

  /** Notes a press at `timeMs`; true where it is part of a text. */
  isText(names: readonly string[], timeMs: number): boolean {
    const isBlank = names.includes('Space')
    const isRunning = timeMs - this.#lastAt < TEXT_MS
    const isPart = names.some(isSingleCharacter) || (isBlank && isRunning)
    if (isPart) this.#lastAt = timeMs
    return isBlank && isRunning
  }
}
