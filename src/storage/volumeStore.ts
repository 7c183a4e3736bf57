export interface VolumeStoreOptions<T> {
  /** Above this sum the entries used longest ago go, except those that are held. */
  readonly budgetBytes: number
  readonly toByteSize: (value: T) => number
  /** Told of each entry that the budget pushed out, e.g. to drop what a worker keeps for it. Not told of `delete`. */
  readonly onEvict?: (id: string) => void
}

/**
 * Volumes by id, outside the app state. Reading counts as use.
 * Held entries (the current study and the one beside it) and the newest one stay even above the budget.
 */
export class VolumeStore<T> {
  readonly #options: VolumeStoreOptions<T>
  /** In order of use: a Map keeps insertion order, so the first key was used longest ago. */
  readonly #entries = new Map<string, { readonly value: T; readonly bytes: number }>()
  #held: ReadonlySet<string> = new Set()
  #totalBytes = 0

  constructor(options: VolumeStoreOptions<T>) {
    this.#options = options
  }

  get totalBytes(): number {
    return this.#totalBytes
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()]
  }

  put(id: string, value: T): void {
    this.delete(id)
    const bytes = this.#options.toByteSize(value)
    this.#entries.set(id, { value, bytes })
    this.#totalBytes += bytes
    this.#evict()
  }

  get(id: string): T | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    this.#entries.delete(id)
    this.#entries.set(id, entry)
    return entry.value
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  delete(id: string): void {
    this.#totalBytes -= this.#entries.get(id)?.bytes ?? 0
    this.#entries.delete(id)
  }

  /** Replaces the ids that must stay: those on screen. Ids may be held before they are put. */
  hold(ids: readonly string[]): void {
    this.#held = new Set(ids)
    this.#evict()
  }

  #evict(): void {
    const newest = this.ids.at(-1)
    for (const id of this.ids) {
      if (this.#totalBytes <= this.#options.budgetBytes) return
      if (id === newest || this.#held.has(id)) continue
      this.delete(id)
      this.#options.onEvict?.(id)
    }
  }
}
