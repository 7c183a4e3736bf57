import { createSlabHelper, type SlabHelper } from './ctInputHelper.ts'

/** Helper threads, as many as were ever needed at once. */
export class SlabHelpers {
  readonly #helpers: SlabHelper[] = []

  constructor(private readonly create: () => SlabHelper = () => createSlabHelper()) {}

  /** Runs `use` with this many helpers. After a failure all of them end, and the next need starts others. */
  async with<T>(count: number, use: (helpers: readonly SlabHelper[]) => Promise<T>): Promise<T> {
    while (this.#helpers.length < count) this.#helpers.push(this.create())
    try {
      return await use(this.#helpers.slice(0, count))
    } catch (thrown) {
      for (const helper of this.#helpers) helper.end()
      throw thrown
    }
  }
}
