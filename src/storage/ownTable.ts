import { liveQuery } from 'dexie'
import { failure, type Result, success } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import { toStorageProblem } from './database.ts'

/** Things that a reader has made, by id. Problems of every call: `storage-full`, `storage-failed`. */
export interface OwnTable<T> {
  /** Those that can be read, and how many cannot; these stay where they are. */
  list(): Promise<Result<{ readonly items: readonly T[]; readonly unreadableCount: number }>>
  put(item: T): Promise<Result<void>>
  remove(id: string): Promise<Result<void>>
  /** Calls whenever rows may have changed, in this window or in another one of the browser. */
  watch(onChange: () => void): void
}

export interface OwnTableOptions<T, Row> {
  readonly table: {
    toArray(): Promise<readonly unknown[]>
    put(row: Row): PromiseLike<unknown>
    delete(id: string): PromiseLike<unknown>
  }
  readonly parse: (row: unknown) => T | null
  readonly toRow: (item: T) => Row
}

/** One write after the other: what was undone at once must not be overtaken by what it undoes. */
export function createOwnTable<T, Row>({ table, parse, toRow }: OwnTableOptions<T, Row>): OwnTable<T> {
  const queue = new SerialQueue()
  const attempt = <R>(task: () => PromiseLike<R>): Promise<Result<R>> =>
    queue.add(async () => {
      try {
        return success(await task())
      } catch (thrown) {
        return failure(toStorageProblem(thrown))
      }
    })
  return {
    list: () =>
      attempt(async () => {
        const rows = await table.toArray()
        const items = rows.map(parse).filter((item) => item !== null)
        return { items, unreadableCount: rows.length - items.length }
      }),
    put: (item) => attempt(async () => void (await table.put(toRow(item)))),
    remove: (id) => attempt(async () => void (await table.delete(id))),
    // Where the browser keeps nothing there is nothing to follow.
    watch: (onChange) => void liveQuery(() => table.toArray()).subscribe({ next: onChange, error: () => undefined }),
  }
}
