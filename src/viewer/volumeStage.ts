import { SerialQueue } from '../base/serialQueue.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { OpenSurface, RenderSurface } from './renderSurface.ts'
import { type ShownVolume, toShownVolume } from './shownVolume.ts'
import type { TextureUpload } from './textureUpload.ts'
import { cacheVolume } from './volumeImages.ts'

/** What the stage does to a view. */
export interface StagedView {
  readonly viewportId: string | null
  readonly isMounted: boolean
  /** Covers what is visible with a still; a view that is not on the page, or shows nothing, is hidden. */
  hold(): void
  mount(surface: OpenSurface, displaySetId: string): Promise<void>
  /** Lets go of the data; what is visible stays. */
  unmount(): void
  /** Takes the still away, so that the drawing below it is what is visible. */
  reveal(volumeId: string): void
  hide(): void
  resize(): void
  /** Resolves with the next drawing; at once where the view is not on the page, so that nothing is drawn. */
  nextDrawing(): Promise<void>
  dispose(): void
}

/** Called on the way of a volume into views, unless another wish overtakes it. */
export interface Coming<View> {
  /** The volume can be drawn but is not visible yet: set slices and window, tell nobody. */
  onMounted(shown: ShownVolume, views: readonly View[]): void
  /** The volume has just become visible in these views, in this very task. */
  onReveal(shown: ShownVolume, views: readonly View[]): void
}

type Surface = Pick<RenderSurface, 'open' | 'prepareFor' | 'getRenderWindow' | 'dispose'>

/** The first drawing makes the texture, which is then sent up; the second shows it in every view. */
const DRAWINGS = 2
/** A hidden page draws no frames: nobody sees what is awaited. */
const HIDDEN_PATIENCE_MS = 250
/** A view that cannot be drawn (lost context, error in the render path) has been told as trouble by then. */
const VISIBLE_PATIENCE_MS = 10_000

/** False when the patience came to an end first. */
function waitFor(event: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), document.hidden ? HIDDEN_PATIENCE_MS : VISIBLE_PATIENCE_MS)
    void event.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

/**
 * Brings one volume at a time into the views and frees it again. From the wish for another volume until that is drawn,
 * stills of the last visible one cover the views, because two large volumes at once can cost the WebGL context. The last
 * wish wins; showing and freeing never overlap, else Cornerstone would add a volume to a view after it was freed.
 */
export class VolumeStage<View extends StagedView> {
  #views: readonly View[] = []
  readonly #surface: Surface
  readonly #load: typeof cacheVolume
  readonly #changes = new SerialQueue()
  #wish = new AbortController()
  #mounted: ShownVolume | null = null
  #isRevealed = false

  constructor(surface: Surface, load = cacheVolume) {
    this.#surface = surface
    this.#load = load
  }

  /** The volume that is visible and answers; null also while stills are shown. */
  get shown(): ShownVolume | null {
    return this.#isRevealed ? this.#mounted : null
  }

  /** Views that are gone are disposed of; in new ones the volume that is shown becomes visible once it is drawn. */
  setViews(views: readonly View[], coming: Coming<View>): void {
    const gone = this.#views.filter((view) => !views.includes(view))
    this.#views = views
    void this.#changes.add(async () => {
      for (const view of gone) view.dispose()
      await this.#join(coming)
    })
  }

  /** Resolves once the volume is visible, or another wish has come in between. Rejects with the views hidden. */
  show(volume: Volume, coming: Coming<View>): Promise<void> {
    const signal = this.#takeWish()
    for (const view of this.#views) view.hold()
    return this.#changes.add(async () => {
      try {
        await this.#replace(volume, signal, coming)
      } catch (thrown) {
        if (signal.aborted) return
        this.#fail()
        throw thrown
      }
    })
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
    this.#isRevealed = false
    return this.#wish.signal
  }

  async #replace(volume: Volume, signal: AbortSignal, coming: Coming<View>): Promise<void> {
    if (signal.aborted) return
    const surface = await this.#surface.open()
    this.#surface.prepareFor(volume.size)
    const cached = await this.#load(surface.cornerstone, volume, signal)
    if (!cached) return
    this.#free()
    this.#mounted = toShownVolume(volume, cached)
    await this.#bring(this.#mounted, this.#views, surface, signal, coming)
  }

  async #join(coming: Coming<View>): Promise<void> {
    const { shown } = this
    const added = this.#views.filter((view) => !view.isMounted)
    if (!shown || added.length === 0) return
    await this.#bring(shown, added, await this.#surface.open(), this.#wish.signal, coming)
  }

  async #bring(
    shown: ShownVolume,
    views: readonly View[],
    surface: OpenSurface,
    signal: AbortSignal,
    coming: Coming<View>,
  ): Promise<void> {
    await Promise.all(views.map((view) => view.mount(surface, shown.cached.displaySetId)))
    if (signal.aborted) return
    coming.onMounted(shown, views)
    await this.#draw(views, surface, shown.cached.upload, signal)
    if (signal.aborted) return
    this.#isRevealed = true
    for (const view of views) view.reveal(shown.volume.id)
    coming.onReveal(shown, views)
  }

  async #draw(
    views: readonly View[],
    { engine }: OpenSurface,
    upload: TextureUpload,
    signal: AbortSignal,
  ): Promise<void> {
    for (const view of views) view.resize()
    upload.holdBack()
    for (let n = 0; n < DRAWINGS && !signal.aborted; n++) {
      const drawing = Promise.all(views.map((view) => view.nextDrawing()))
      engine.render()
      const isDrawn = await waitFor(drawing)
      if (n === 0) await upload.send(signal)
      if (isDrawn) continue
      // Drawn when the page is looked at again, and then once more for the view that lacked the texture.
      void drawing.then(() => !signal.aborted && engine.render())
      return
    }
  }

  #fail(): void {
    this.#isRevealed = false
    for (const view of this.#views) view.hide()
    this.#free()
  }

  #free(): void {
    for (const view of this.#views) view.unmount()
    const drawn = this.#views.find((view) => view.viewportId !== null)
    this.#mounted?.cached.release(this.#surface.getRenderWindow(drawn?.viewportId ?? null))
    this.#mounted = null
  }
}
