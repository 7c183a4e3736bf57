import type { RenderingEngine } from '@cornerstonejs/core'
import { type Problem, ProblemError } from '../base/result.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { type Cornerstone, initCornerstone } from './cornerstone.ts'
import { getCard } from './graphicsCard.ts'

let enginesMade = 0
let isOnProcessor = false

/** The graphics card has given up the views of the page, or never took them: the processor draws. */
export const isDrawnByProcessor = (): boolean => isOnProcessor

/** Even Cornerstone's drawing by the processor wants a WebGL context to begin with. */
const NO_WEBGL: Problem = {
  code: 'no-webgl',
  message: 'The views cannot be drawn because this browser offers no WebGL 2.',
  nextStep: 'Switch on hardware acceleration in the browser settings, or use a current Chrome, Edge or Firefox.',
}

/** Cornerstone with the rendering engine of one viewer. */
export interface OpenSurface {
  readonly cornerstone: Cornerstone
  readonly engine: RenderingEngine
}

/** One rendering engine, made when the first volume is shown, and what is done when its WebGL context is lost. */
export class RenderSurface {
  readonly #onTrouble: (message: string) => void
  #open: OpenSurface | null = null

  constructor(onTrouble: (message: string) => void) {
    this.#onTrouble = onTrouble
  }

  /** Throws a ProblemError where nothing can be drawn at all. */
  async open(): Promise<OpenSurface> {
    if (getCard().textureLimit === 0) throw new ProblemError(NO_WEBGL)
    const cornerstone = await initCornerstone()
    if (this.#open) return this.#open
    this.#open = { cornerstone, engine: new cornerstone.RenderingEngine(`voxct-engine-${enginesMade++}`) }
    const { eventTarget, Enums } = cornerstone
    eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.#onContextLost)
    eventTarget.addEventListener(Enums.Events.RENDER_PATH_ERROR, this.#onRenderError)
    return this.#open
  }

  /** A texture that is too long would be drawn black without any error, so such a volume goes to the CPU. */
  prepareFor(size: Vec3): void {
    const limit = getCard().textureLimit
    if (Math.max(...size) <= limit) return
    this.#drawOnCpu('volume larger than a texture')
    this.#onTrouble(
      `The graphics card takes at most ${limit} voxels along an axis: the processor draws the views, more slowly.`,
    )
  }

  /** The vtk.js window that owns the textures of a viewport, null before the first volume. */
  getRenderWindow(viewportId: string | null): unknown {
    if (!viewportId) return null
    return this.#open?.engine.getOffscreenMultiRenderWindow(viewportId).getOpenGLRenderWindow() ?? null
  }

  dispose(): void {
    if (!this.#open) return
    const { cornerstone, engine } = this.#open
    const { eventTarget, Enums } = cornerstone
    eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.#onContextLost)
    eventTarget.removeEventListener(Enums.Events.RENDER_PATH_ERROR, this.#onRenderError)
    engine.destroy()
    this.#open = null
  }

  /** Holds for every viewer of the page: Cornerstone does not come back from a lost context. */
  #drawOnCpu(reason: string): void {
    const { setRenderBackend, Enums } = this.#open!.cornerstone
    setRenderBackend(Enums.RenderBackends.CPU, reason)
    isOnProcessor = true
  }

  #toOurDetail(event: Event): { readonly error?: Error } | null {
    const isOurs = event instanceof CustomEvent && event.detail.renderingEngineId === this.#open?.engine.id
    return isOurs ? event.detail : null
  }

  readonly #onContextLost = (event: Event) => {
    if (!this.#toOurDetail(event)) return
    this.#drawOnCpu('WebGL context lost')
    this.#onTrouble(
      'The graphics card gave up the views: the processor draws them now, more slowly. Reload to go back.',
    )
  }

  readonly #onRenderError = (event: Event) => {
    const detail = this.#toOurDetail(event)
    if (detail) this.#onTrouble(`A view could not be drawn: ${detail.error?.message ?? 'unknown cause'}`)
  }
}
