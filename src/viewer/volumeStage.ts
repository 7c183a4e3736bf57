import { SerialQueue } from '../base/serialQueue.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Orientation } from '../state/appState.ts'
import type { PlanarView } from './planarView.ts'
import { type OpenSurface, RenderSurface } from './renderSurface.ts'
import { type ShownVolume, toShownVolume } from './shownVolume.ts'
import { cacheVolume } from './volumeImages.ts'

export type Views = Readonly<Record<Orientation, PlanarView>>

/** A hidden page draws no frames; nobody waits for one longer than this. */
const FRAME_PATIENCE_MS = 250

const nextFrame = () =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FRAME_PATIENCE_MS)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Told when the volume in the views changes; both are called between two drawings. */
export interface StageListener {
  onShown(shown: ShownVolume): void
  onFreed(): void
  onTrouble(message: string): void
}

/**
 * Brings one volume at a time into the three views and frees it again. The last wish wins; showing and freeing never
 * overlap, else Cornerstone would add a volume to a view after it was freed.
 */
export class VolumeStage {
  readonly #views: readonly PlanarView[]
  readonly #surface: RenderSurface
  readonly #listener: StageListener
  readonly #changes = new SerialQueue()
  #wish = new AbortController()
  #shown: ShownVolume | null = null

  constructor(views: Views, listener: StageListener) {
    this.#views = Object.values(views)
    this.#listener = listener
    this.#surface = new RenderSurface((message) => listener.onTrouble(message))
  }

  get shown(): ShownVolume | null {
    return this.#shown
  }

  /** Resolves once the volume is drawn, or another wish has come in between. */
  show(volume: Volume): Promise<void> {
    const signal = this.#takeWish()
    return this.#changes.add(() => this.#replace(volume, signal))
  }

  clear(): void {
    this.#takeWish()
    for (const view of this.#views) view.hide()
    void this.#changes.add(async () => this.#free())
  }

  dispose(): void {
    this.#takeWish()
    void this.#changes.add(async () => {
      this.#free()
      for (const view of this.#views) view.dispose()
      this.#surface.dispose()
    })
  }

  #takeWish(): AbortSignal {
    this.#wish.abort()
    this.#wish = new AbortController()
    return this.#wish.signal
  }

  async #replace(volume: Volume, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const surface = await this.#surface.open()
    this.#surface.prepareFor(volume.size)
    const cached = await cacheVolume(surface.cornerstone, volume, signal)
    if (!cached) return
    this.#free()
    this.#shown = toShownVolume(volume, cached)
    await this.#mount(surface, cached.displaySetId)
    if (signal.aborted) return
    this.#listener.onShown(this.#shown)
    for (const view of this.#views) view.resize()
    await nextFrame()
    // The view that is drawn first lacks the texture, which is sent up only while it is drawn.
    surface.engine.render()
    await nextFrame()
  }

  async #mount(surface: OpenSurface, displaySetId: string): Promise<void> {
    try {
      await Promise.all(this.#views.map((view) => view.mount(surface, displaySetId)))
    } catch (thrown) {
      this.#free()
      throw thrown
    }
  }

  #free(): void {
    for (const view of this.#views) view.unmount()
    this.#shown?.cached.release(this.#surface.getRenderWindow(this.#views[0].viewportId))
    this.#shown = null
    this.#listener.onFreed()
  }
}
