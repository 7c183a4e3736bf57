import type { Result } from '../base/result.ts'
import type { Screen } from '../session/screen.ts'
import type { OwnTable } from '../storage/ownTable.ts'

interface Thing {
  readonly id: string
  readonly createdAtMs: number
}

/** One change with what was there before; null: nothing. */
interface Change<T> {
  readonly text: string
  readonly before: readonly { readonly id: string; readonly thing: T | null }[]
}

/** Things that a reader has made, oldest first: written to the device as they change, and each change can be taken back. */
export class KeptThings<T extends Thing> {
  #all: readonly T[] = []
  #changes: readonly Change<T>[] = []
  #undone: readonly Change<T>[] = []
  #isToldOf = false
  /** Rows of another version: they stay as they are. */
  unreadableCount = 0

  constructor(
    private readonly screen: Screen,
    private readonly table: OwnTable<T>,
  ) {}

  get all(): readonly T[] {
    return this.#all
  }

  /** What was changed last and not taken back, in a few words. */
  get lastChange(): string | null {
    return this.#changes.at(-1)?.text ?? null
  }

  /** What was taken back last and not done again. */
  get lastUndone(): string | null {
    return this.#undone.at(-1)?.text ?? null
  }

  find(id: string): T | null {
    return this.#all.find((one) => one.id === id) ?? null
  }

  /** What earlier visits have left; what this one has made meanwhile stands. */
  async load(): Promise<void> {
    const listed = await this.table.list()
    if (!listed.ok) return
    const here = new Set(this.#all.map(({ id }) => id))
    this.#set([...listed.value.items.filter(({ id }) => !here.has(id)), ...this.#all])
    this.unreadableCount = listed.value.unreadableCount
  }

  /** Puts things in the place of those with their ids, and takes others away, as one change. */
  change(text: string, things: readonly T[], removed: readonly string[] = []): void {
    const ids = [...things.map(({ id }) => id), ...removed]
    this.#changes = [...this.#changes, this.#toChange(text, ids)]
    this.#undone = []
    for (const thing of things) this.#put(thing)
    for (const id of removed) this.#drop(id)
  }

  /** False where there is nothing to take back. */
  undo(): boolean {
    const change = this.#changes.at(-1)
    if (!change) return false
    this.#changes = this.#changes.slice(0, -1)
    this.#undone = [...this.#undone, this.#bringBack(change)]
    return true
  }

  /** Does again what was taken back last; false where nothing was, or something was changed since. */
  redo(): boolean {
    const change = this.#undone.at(-1)
    if (!change) return false
    this.#undone = this.#undone.slice(0, -1)
    this.#changes = [...this.#changes, this.#bringBack(change)]
    return true
  }

  #toChange(text: string, ids: readonly string[]): Change<T> {
    return { text, before: ids.map((id) => ({ id, thing: this.find(id) })) }
  }

  /** Gives the change that takes this back. */
  #bringBack({ text, before }: Change<T>): Change<T> {
    const now = this.#toChange(
      text,
      before.map(({ id }) => id),
    )
    for (const { id, thing } of before) {
      if (thing) this.#put(thing)
      else this.#drop(id)
    }
    return now
  }

  #set(things: readonly T[]): void {
    this.#all = [...things].sort((a, b) => a.createdAtMs - b.createdAtMs)
  }

  #put(thing: T): void {
    this.#set([...this.#all.filter(({ id }) => id !== thing.id), thing])
    void this.table.put(thing).then((result) => this.#tell(result))
  }

  #drop(id: string): void {
    this.#all = this.#all.filter((one) => one.id !== id)
    void this.table.remove(id).then((result) => this.#tell(result))
  }

  /** A device that keeps nothing says so once. */
  #tell(result: Result<void>): void {
    if (result.ok || this.#isToldOf) return
    this.#isToldOf = true
    this.screen.notify(result.problem, 'warning')
  }
}
