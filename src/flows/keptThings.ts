import { isSame } from '../base/isSame.ts'
import type { Result } from '../base/result.ts'
import type { Screen } from '../session/screen.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { Reversible } from './history.ts'

interface Thing {
  readonly id: string
  readonly createdAtMs: number
}

/** A thing before a change and behind it; null: there was none. */
interface Pair<T> {
  readonly id: string
  readonly from: T | null
  readonly to: T | null
}

/** Things that a reader has made, oldest first: written to the device as they change, and each change can be taken back. */
export class KeptThings<T extends Thing> {
  #all: readonly T[] = []
  #isToldOf = false
  /** Writes under way, and things that could not be written: a list of the rows says nothing of either. */
  #writing = 0
  readonly #unwritten = new Set<string>()
  #isStale = false
  #onFollow: (() => void) | null = null
  /** Rows of another version: they stay as they are. */
  unreadableCount = 0

  constructor(
    private readonly screen: Pick<Screen, 'notify'>,
    private readonly table: OwnTable<T>,
  ) {}

  get all(): readonly T[] {
    return this.#all
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

  /** From here on takes what other windows make of them. `onChange`: something is other than it was. */
  follow(onChange: () => void): void {
    this.#onFollow = onChange
    this.table.watch(() => void this.#takeRows())
  }

  /** Rows as they are stored now, once this window has nothing to write. */
  async #takeRows(): Promise<void> {
    const listed = this.#writing === 0 ? await this.table.list() : null
    if (this.#writing > 0) {
      this.#isStale = true
      return
    }
    if (!listed?.ok) return
    const { items } = listed.value
    const stored = new Set(items.map(({ id }) => id))
    const taken = items.map((item) => {
      const known = this.find(item.id)
      return known && (this.#unwritten.has(item.id) || isSame(known, item)) ? known : item
    })
    const onlyHere = this.#all.filter(({ id }) => !stored.has(id) && this.#unwritten.has(id))
    const before = this.#all
    this.#set([...taken, ...onlyHere])
    const isOther = before.length !== this.#all.length || before.some((thing, n) => thing !== this.#all[n])
    if (isOther) this.#onFollow?.()
  }

  /** Puts things in the place of those with their ids, and takes others away, as one change. */
  change(things: readonly T[], removed: readonly string[] = []): Reversible {
    const pairs = [
      ...things.map((thing): Pair<T> => ({ id: thing.id, from: this.find(thing.id), to: thing })),
      ...removed.map((id): Pair<T> => ({ id, from: this.find(id), to: null })),
    ]
    for (const thing of things) this.#put(thing)
    for (const id of removed) this.#drop(id)
    const back = pairs.map(({ id, from, to }): Pair<T> => ({ id, from: to, to: from }))
    const goAll = (some: readonly Pair<T>[]) => some.map((pair) => this.#go(pair)).every(Boolean)
    return { undo: () => goAll(back), redo: () => goAll(pairs) }
  }

  /**
   * Brings a thing from one state into the other. What was changed since stays, field by field: then, and where it is deleted
   * or made anew by now, false.
   */
  #go({ id, from, to }: Pair<T>): boolean {
    const now = this.find(id)
    if (!to) {
      if (now && !isSame(now, from)) return false
      this.#drop(id)
      return true
    }
    if ((now === null) !== (from === null)) return now !== null && isSame(now, to)
    const [joined, isWhole] = now && from ? joinFields(now, from, to) : [to, true]
    this.#put(joined)
    return isWhole
  }

  #set(things: readonly T[]): void {
    this.#all = [...things].sort((a, b) => a.createdAtMs - b.createdAtMs)
  }

  #put(thing: T): void {
    this.#set([...this.#all.filter(({ id }) => id !== thing.id), thing])
    void this.#write(thing.id, this.table.put(thing))
  }

  #drop(id: string): void {
    this.#all = this.#all.filter((one) => one.id !== id)
    void this.#write(id, this.table.remove(id))
  }

  async #write(id: string, writing: Promise<Result<void>>): Promise<void> {
    this.#writing++
    const result = await writing
    this.#writing--
    if (result.ok) this.#unwritten.delete(id)
    else this.#unwritten.add(id)
    this.#tell(result)
    if (this.#writing > 0 || !this.#isStale) return
    this.#isStale = false
    await this.#takeRows()
  }

  /** A device that keeps nothing says so once. */
  #tell(result: Result<void>): void {
    if (result.ok || this.#isToldOf) return
    this.#isToldOf = true
    this.screen.notify(result.problem, 'warning')
  }
}

/** `now` with those fields of `to` that differ from `from`; a field that holds something else by now stays, and `isWhole` is false. */
function joinFields<T extends Thing>(now: T, from: T, to: T): [joined: T, isWhole: boolean] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])] as (keyof T)[]
  const differing = names.filter((name) => !isSame(from[name], to[name]))
  const free = differing.filter((name) => isSame(now[name], from[name]) || isSame(now[name], to[name]))
  const joined = { ...now, ...Object.fromEntries(free.map((name) => [name, to[name]])) }
  return [joined, free.length === differing.length]
}
