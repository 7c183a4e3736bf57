import { expose } from 'comlink'
import type { WorkerLike } from './workerLike.ts'

/** A worker for tests: the same messages over a channel, and it can be made to crash. */
export class ChannelWorker implements WorkerLike {
  readonly #channel = new MessageChannel()
  readonly #events = new EventTarget()
  isTerminated = false

  constructor(api: object) {
    expose(api, this.#channel.port2)
    this.#channel.port1.start()
    this.#channel.port2.start()
  }

  postMessage: WorkerLike['postMessage'] = (
    message: unknown,
    transfer?: Transferable[] | StructuredSerializeOptions,
  ) => {
    this.#channel.port1.postMessage(message, Array.isArray(transfer) ? transfer : [])
  }

  addEventListener: WorkerLike['addEventListener'] = (
    type: string,
    listener: EventListenerOrEventListenerObject | ((event: never) => unknown) | null,
  ) => {
    const target: EventTarget = type === 'message' ? this.#channel.port1 : this.#events
    target.addEventListener(type, listener as EventListener)
  }

  removeEventListener: WorkerLike['removeEventListener'] = (type: string, listener: unknown) => {
    const target: EventTarget = type === 'message' ? this.#channel.port1 : this.#events
    target.removeEventListener(type, listener as EventListener)
  }

  terminate(): void {
    this.isTerminated = true
    this.#channel.port1.close()
  }

  /** What the browser reports for an error that the worker's script did not catch. */
  crash(message: string): void {
    this.#events.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}
