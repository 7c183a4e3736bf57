import { SerialQueue } from '../../base/serialQueue.ts'
import { clearOutside, fillLayer, toFactors, toReduced } from '../../domain/solid/reduceVolume.ts'
import { NEW_LOOK, type SolidLook } from '../../domain/solid/solidLook.ts'
import { findSolidPreset } from '../../domain/solid/solidPresets.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import { initCornerstone } from '../cornerstone.ts'
import { getCard } from '../graphicsCard.ts'
import { listenToSolid } from './listenToSolid.ts'
import { type Pace, toFirstPace, toNextPace } from './pace.ts'
import { SolidScene } from './solidScene.ts'
import type { SolidEvents, SolidViewer } from './solidViewer.ts'

/** At rest so long, it is drawn fine. */
const REST_MS = 200
/** A context that is lost is made again so often. */
const MAX_LOSSES = 2
/** Milliseconds of filling between two looks at the event loop. */
const TURN_MS = 12

let scenesMade = 0

/** Null when aborted. */
async function reduce(volume: Volume, clearsOutside: boolean, signal: AbortSignal): Promise<Volume | null> {
  const factors = toFactors(volume)
  const reduced = toReduced(volume, factors)
  let since = performance.now()
  for (let k = 0; k < reduced.size[2]; k++) {
    fillLayer(volume, factors, reduced, k)
    if (clearsOutside) clearOutside(reduced, k)
    if (performance.now() - since < TURN_MS) continue
    await new Promise((resume) => setTimeout(resume))
    if (signal.aborted) return null
    since = performance.now()
  }
  return reduced
}

export class SolidRenderer implements SolidViewer {
  readonly #events: SolidEvents
  readonly #host = document.createElement('div')
  /** What Cornerstone draws into, unseen: it takes the size on screen for its pixels, whatever enlarges that. */
  readonly #canvasHost = document.createElement('div')
  /** What is seen: that drawing, enlarged to the host. */
  readonly #picture = document.createElement('canvas')
  readonly #changes = new SerialQueue()
  readonly #resizing = new ResizeObserver(() => this.#resize())
  readonly #stopListening: () => void
  #volume: Volume | null = null
  #look: SolidLook = NEW_LOOK
  #scene: SolidScene | null = null
  #wish = new AbortController()
  #losses = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #pace: Pace = toFirstPace(true)
  /** When a moving picture was asked for that is not there yet. */
  #drawnSince: number | null = null
  #frames = 0

  constructor(events: SolidEvents) {
    this.#events = events
    Object.assign(this.#host.style, {
      position: 'absolute',
      inset: '0',
      touchAction: 'none',
      cursor: 'grab',
      outline: 'none',
    })
    this.#host.dataset.solid = ''
    Object.assign(this.#picture.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' })
    this.#host.append(this.#canvasHost, this.#picture)
    this.#stopListening = listenToSolid(this.#host, events)
    this.#resizing.observe(this.#host)
  }

  attach(element: HTMLDivElement): void {
    element.append(this.#host)
    this.#rebuild()
  }

  detach(): void {
    this.#host.remove()
    this.#rebuild()
  }

  show(volume: Volume | null): void {
    if (volume === this.#volume) return
    this.#volume = volume
    this.#losses = 0
    this.#rebuild()
  }

  setLook(look: SolidLook): void {
    const before = this.#look
    this.#look = look
    if (findSolidPreset(before.presetId).clearsOutside !== findSolidPreset(look.presetId).clearsOutside) this.#rebuild()
    else this.#drawSoon()
  }

  dispose(): void {
    this.#volume = null
    this.#rebuild()
    this.#stopListening()
    this.#resizing.disconnect()
  }

  /** The scene is made anew for what is wanted now, which overtakes what was wanted before. */
  #rebuild(): void {
    this.#wish.abort()
    const wish = new AbortController()
    this.#wish = wish
    void this.#changes.add(() => this.#build(wish.signal))
  }

  async #build(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    this.#free()
    const volume = this.#volume
    if (!volume || !this.#host.isConnected) return this.#events.onStatus({ kind: 'empty' })
    if (getCard().textureLimit === 0) return this.#fail('this browser offers no WebGL 2')
    this.#events.onStatus({ kind: 'working' })
    try {
      const cornerstone = await initCornerstone()
      const { clearsOutside } = findSolidPreset(this.#look.presetId)
      const reduced = await reduce(volume, clearsOutside, signal)
      if (!reduced) return
      this.#fit(toFirstPace(getCard().isSoftware))
      this.#scene = await SolidScene.open(cornerstone, this.#canvasHost, reduced, `voxct-solid-${scenesMade++}`, signal)
      if (!this.#scene) return
      const { eventTarget, Enums } = cornerstone
      eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.#onContextLost)
      eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.#onContextLost)
      this.#canvasHost.addEventListener(Enums.Events.IMAGE_RENDERED, this.#onRendered)
      this.#drawSoon()
    } catch (thrown) {
      if (!signal.aborted) this.#fail(thrown instanceof Error ? thrown.message : 'the graphics card refused it')
    }
  }

  #fail(reason: string): void {
    this.#events.onStatus({ kind: 'off', reason })
  }

  #free(): void {
    clearTimeout(this.#timer)
    this.#drawnSince = null
    this.#frames = 0
    this.#scene?.dispose()
    this.#scene = null
  }

  #drawSoon(): void {
    if (!this.#scene) return
    this.#drawnSince = performance.now()
    this.#scene.draw(this.#look, this.#pace.moving)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#rest(), REST_MS)
  }

  /** Not before the last moving picture is there: what it took says how fine the next may be. */
  #rest(): void {
    if (this.#drawnSince !== null) this.#timer = setTimeout(() => this.#rest(), REST_MS)
    else this.#scene?.draw(this.#look, this.#pace.atRest)
  }

  #copy(): void {
    const drawing = this.#canvasHost.querySelector('canvas')
    if (!drawing || drawing.width * drawing.height === 0) return
    this.#picture.width = drawing.width
    this.#picture.height = drawing.height
    this.#picture.getContext('2d')?.drawImage(drawing, 0, 0)
  }

  readonly #onRendered = () => {
    this.#copy()
    this.#events.onStatus({ kind: 'drawn' })
    if (this.#drawnSince === null) return
    const frameMs = performance.now() - this.#drawnSince
    this.#drawnSince = null
    // The first one takes the making of the shaders besides.
    if (this.#frames++ > 0 && toNextPace(this.#pace, frameMs) !== this.#pace) {
      this.#fit(toNextPace(this.#pace, frameMs))
      this.#scene?.resize()
    }
  }

  #fit(pace: Pace): void {
    this.#pace = pace
    const size = `${100 / pace.pixelPx}%`
    const look = { position: 'absolute', left: '0', top: '0', width: size, height: size }
    Object.assign(this.#canvasHost.style, look, { visibility: 'hidden', pointerEvents: 'none' })
  }

  #resize(): void {
    if (!this.#scene || this.#host.clientWidth * this.#host.clientHeight === 0) return
    this.#scene.resize()
    this.#drawSoon()
  }

  readonly #onContextLost = (event: Event) => {
    if (!(event instanceof CustomEvent) || event.detail.renderingEngineId !== this.#scene?.engineId) return
    if (++this.#losses > MAX_LOSSES) {
      this.#free()
      this.#fail('the graphics card gave it up again and again')
    } else this.#rebuild()
  }
}
