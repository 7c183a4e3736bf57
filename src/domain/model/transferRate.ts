/** Long enough to be steady, short enough to follow a connection that slows down. */
const WINDOW_MS = 5000
/** Before that a rate would be a guess. */
const SHORTEST_MS = 500

/** Bytes a second over the last seconds. */
export class TransferRate {
  readonly #samples: { readonly bytes: number; readonly atMs: number }[] = []

  /** Takes the sum of bytes so far; null until enough time has passed, and while nothing moves. */
  add(bytes: number, atMs: number): number | null {
    this.#samples.push({ bytes, atMs })
    while (this.#samples.length > 2 && atMs - this.#samples[1].atMs >= WINDOW_MS) this.#samples.shift()
    const [first] = this.#samples
    const spanMs = atMs - first.atMs
    return spanMs < SHORTEST_MS || bytes <= first.bytes ? null : ((bytes - first.bytes) / spanMs) * 1000
  }
}
