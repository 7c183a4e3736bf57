/** Runs tasks one after another, in the order in which they were added. One that rejects does not stop those behind it. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()

  add<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const run = async () => {
      signal?.throwIfAborted()
      return await task()
    }
    const result = this.#tail.then(run, run)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
