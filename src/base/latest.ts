/**
 * One notion of "is this answer still wanted?": at most one piece of work of a kind is, and each `begin` ends the one
 * before. Its signal says so to whatever still waits for an answer.
 */
export class Latest {
  #current: AbortController | null = null

  /** `also` end it, too: what the work belongs to. */
  begin(...also: readonly AbortSignal[]): AbortSignal {
    this.end()
    this.#current = new AbortController()
    return AbortSignal.any([this.#current.signal, ...also])
  }

  /** Work that goes on beside what is under way, and ends with it. */
  join(...also: readonly AbortSignal[]): AbortSignal {
    this.#current ??= new AbortController()
    return AbortSignal.any([this.#current.signal, ...also])
  }

  end(): void {
    this.#current?.abort()
    this.#current = null
  }
}
