import type { DeviceNews } from './deviceNews.ts'

/** No event tells that another program has let the microphone go. */
const LOOK_EVERY_MS = 3000

export interface ComebackParts {
  /** Opens the microphone that is wanted; never rejects. */
  open(): Promise<void>
  /** Nothing was open yet: a person is asked as at the start, and was not refused. */
  mayAsk(): boolean
  /** It can't be opened, since the page is not allowed to any more. */
  onRefused(): void
  /** The device that was lost is there again, while another one stands in for it. */
  onFormer(): void
}

/** Waits for a microphone that is gone or held by another program, and for one that another stands in for. */
export class Comeback {
  readonly #news: DeviceNews
  readonly #parts: ComebackParts
  #stopListening = () => {}
  #timer: ReturnType<typeof setInterval> | null = null
  /** The device that was lost, where any other might be opened in its place. */
  #formerGroupId: string | null = null
  #isOther = false
  #isLooking = false

  constructor(news: DeviceNews, parts: ComebackParts) {
    this.#news = news
    this.#parts = parts
  }

  /** Nothing is open, and something is waited for. */
  get isOn(): boolean {
    return this.#timer !== null
  }

  /** What is open stands in for the device that was lost. */
  get isOther(): boolean {
    return this.#isOther
  }

  /** Looks at once, and whenever something may have changed. `formerGroupId`: what was lost; null: it has no stand-in. */
  wait(formerGroupId: string | null): void {
    this.#formerGroupId ??= formerGroupId || null
    if (this.#timer !== null) return
    this.#listen()
    this.#timer = setInterval(() => void this.look({ isAsked: false }), LOOK_EVERY_MS)
    void this.look()
  }

  /** Tries to open it. `isAsked`: something happened, so that a browser that does not tell may ask a person. */
  async look({ isAsked = true } = {}): Promise<void> {
    if (!this.isOn || this.#isLooking) return
    this.#isLooking = true
    const isAllowed = await this.#news.isAllowed()
    const maySo = isAllowed || (isAsked && (isAllowed === null || this.#parts.mayAsk()))
    if (this.isOn && maySo) await this.#parts.open()
    else if (this.isOn && isAllowed === false) this.#parts.onRefused()
    this.#isLooking = false
  }

  /** A device was opened: the wait is over; for the former one it goes on where this is another. */
  takeOpened(groupId: string): void {
    this.#stopTimer()
    this.#isOther = this.#formerGroupId !== null && groupId !== this.#formerGroupId
    if (!this.#isOther) this.forget()
  }

  /** Waits no more; true where it did. */
  stop(): boolean {
    const wasOn = this.isOn
    this.#stopTimer()
    return wasOn
  }

  /** Another device was chosen. */
  forgetFormer(): void {
    this.#formerGroupId = null
    this.#isOther = false
  }

  forget(): void {
    this.stop()
    this.forgetFormer()
    this.#stopListening()
    this.#stopListening = () => {}
  }

  #listen(): void {
    this.#stopListening()
    this.#stopListening = this.#news.onChange(() => void this.#hear())
  }

  async #hear(): Promise<void> {
    if (this.isOn) return this.look()
    const former = this.#formerGroupId
    if (former === null) return
    const devices = await this.#news.list()
    if (this.#formerGroupId === former && this.#isOther && devices.some(({ groupId }) => groupId === former))
      this.#parts.onFormer()
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
