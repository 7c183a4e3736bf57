import { type SlabHelper, startSlabHelper } from './ctInputHelper.ts'

/** An idle thread may hold on to the volume that it saw last. */
const IDLE_MS = 10_000

/** Helper threads, started with the first need and ended when they have been idle for a while. */
export class SlabHelpers {
  readonly #helpers: SlabHelper[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly start: () => SlabHelper = () => startSlabHelper(),
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Runs `use` with this many helpers. After a failure none of them is used again. */
  async with<T>(count: number, use: (helpers: readonly SlabHelper[]) => Promise<T>): Promise<T> {
    clearTimeout(this.#timer)
    while (this.#helpers.length < count) this.#helpers.push(this.start())
    try {
      const result = await use(this.#helpers.slice(0, count))
      if (this.#helpers.length > 0) this.#timer = setTimeout(() => this.end(), this.idleMs)
      return result
    } catch (thrown) {
      this.end()
      throw thrown
    }
  }

  end(): void {
    for (const helper of this.#helpers.splice(0)) helper.end()
  }
}
