/** Tokens of the volumes used last. A volume that is pushed out must be encoded again. */
export class TokenStore {
  readonly #tokens = new Map<string, Float32Array>()

  constructor(private readonly most = 3) {}

  set(volumeId: string, tokens: Float32Array): void {
    this.#tokens.delete(volumeId)
    this.#tokens.set(volumeId, tokens)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size > this.most) this.#tokens.delete(oldest)
  }

  /** Also makes the volume the one used last. */
  get(volumeId: string): Float32Array | undefined {
    const tokens = this.#tokens.get(volumeId)
    if (tokens) this.set(volumeId, tokens)
    return tokens
  }

  delete(volumeId: string): void {
    this.#tokens.delete(volumeId)
  }

  clear(): void {
    this.#tokens.clear()
  }

  entries(): [string, Float32Array][] {
    return [...this.#tokens]
  }
}
