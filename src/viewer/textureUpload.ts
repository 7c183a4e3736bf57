/** What Cornerstone's streaming texture has for slices that are to be sent to the graphics card, and its type leaves out. */
export interface SliceTexture {
  /** Marked slices are sent with the next update; the array is the texture's own. */
  getUpdatedFrames(): (boolean | null)[]
  /** Sends the marked slices in this very task; nothing while its volume is unknown. */
  update3DFromRaw(): unknown
  /** Of the volume in Cornerstone's cache. Drawing marks all slices of it at times, and none of an unknown one. */
  setVolumeId(volumeId: string): void
  /** Null until a view made the texture by drawing. */
  getHandle(): unknown
}

export type TextureUpload = Pick<SliceUpload, 'holdBack' | 'send'>

/** Names no volume. */
const UNKNOWN = 'voxct-held-back'
/** Of the page's time, between two turns of everything else. */
const TURN_MS = 12

const nextTurn = () => new Promise<void>((resume) => setTimeout(resume))

/**
 * Sends a volume to the graphics card in turns. Cornerstone sends all slices while it draws, and all of them again for
 * every view that joins: a second or more in which the page answers nothing.
 */
export class SliceUpload {
  #held: number[]
  readonly #texture: SliceTexture
  readonly #volumeId: string

  constructor(texture: SliceTexture, volumeId: string, sliceCount: number) {
    this.#texture = texture
    this.#volumeId = volumeId
    this.#held = Array.from({ length: sliceCount }, (_, k) => k)
  }

  /** The next drawing makes the texture and sends nothing. Voxels never change, so what is up stays. */
  holdBack(): void {
    this.#texture.setVolumeId(UNKNOWN)
    this.#texture.getUpdatedFrames().fill(null)
  }

  /** Resolves when all slices are up, or the signal came first. Without a texture the next drawing sends them. */
  async send(signal: AbortSignal): Promise<void> {
    if (!this.#texture.getHandle()) return this.#giveBack()
    const marks = this.#texture.getUpdatedFrames()
    while (this.#held.length > 0 && !signal.aborted) {
      this.#texture.setVolumeId(this.#volumeId)
      const end = performance.now() + TURN_MS
      while (this.#held.length > 0 && performance.now() < end) {
        marks.fill(null)
        marks[this.#held.shift() as number] = true
        this.#texture.update3DFromRaw()
      }
      this.#texture.setVolumeId(UNKNOWN)
      await nextTurn()
    }
    this.#giveBack()
  }

  /** Leaves what was held back to whichever drawing comes next, and later marks to Cornerstone. */
  #giveBack(): void {
    this.#texture.setVolumeId(this.#volumeId)
    const marks = this.#texture.getUpdatedFrames()
    marks.fill(null)
    for (const k of this.#held) marks[k] = true
  }
}
