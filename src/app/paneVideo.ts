import { chooseVideoFormat, toBitsPerSecond } from '../domain/layout/videoFormat.ts'
import { selectActivePane } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'
import { drawPane } from './paneShot.ts'

/** A slice is drawn within a frame or two of its number; a scan whose slices do not come is not waited for. */
const LONGEST_WAIT_FRAMES = 120
const LONGEST_START_MS = 2000

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export interface PaneVideo {
  readonly blob: Blob
  readonly extension: string
}

/** MediaRecorder stamps a frame with the time at which it comes, so frames are handed over at the pace that is meant. */
class Recording {
  readonly #canvas = document.createElement('canvas')
  readonly #context = this.#canvas.getContext('2d')!
  readonly #chunks: Blob[] = []
  readonly #recorder: MediaRecorder
  readonly #track: CanvasCaptureMediaStreamTrack

  constructor(first: HTMLCanvasElement, mimeType: string, framesPerSecond: number) {
    // H.264 takes even sides alone.
    const [width, height] = [first.width & ~1, first.height & ~1]
    Object.assign(this.#canvas, { width, height })
    const stream = this.#canvas.captureStream(0)
    this.#track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack
    this.#recorder = new MediaRecorder(stream, {
      mimeType,
      videoBitsPerSecond: toBitsPerSecond(width, height, framesPerSecond),
    })
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#chunks.push(data))
  }

  /** Frames that come before the recorder has begun may be lost, and it begins with a frame: the first picture is its own herald. */
  async begin(picture: HTMLCanvasElement): Promise<void> {
    const begun = new Promise((resolve) => this.#recorder.addEventListener('start', resolve, { once: true }))
    this.#recorder.start()
    this.add(picture)
    await Promise.race([begun, pause(LONGEST_START_MS)])
  }

  add(picture: HTMLCanvasElement): void {
    this.#context.drawImage(picture, 0, 0)
    this.#track.requestFrame()
  }

  async end(): Promise<Blob> {
    const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }))
    this.#recorder.stop()
    await stopped
    this.#track.stop()
    return new Blob(this.#chunks, { type: this.#recorder.mimeType })
  }
}

/**
 * The active pane, scrolled from its first slice to its last, as a video; the slice that was shown comes back. Null where nothing
 * is shown, the browser writes no video, or `signal` ends it.
 */
export async function recordPane(
  store: AppStore,
  viewers: Viewers,
  { isIdentified, signal }: { readonly isIdentified: boolean; readonly signal: AbortSignal },
): Promise<PaneVideo | null> {
  const format = chooseVideoFormat((type) => MediaRecorder.isTypeSupported(type))
  const pane = selectActivePane(store.get())
  const studyId = store.get().desk.readId
  const viewer = viewers[pane.study]
  const slice = () => store.readout.getState().viewers[pane.study].slices[pane.id]
  const from = slice()
  if (!format || !from) return null
  const { slicesPerSecond } = store.get().view.cine
  let recording: Recording | null = null
  const isEnded = () => signal.aborted || store.get().desk.readId !== studyId || slice()?.count !== from.count
  const show = async (number: number) => {
    viewer.scroll(pane.id, number - (slice()?.number ?? number))
    for (let n = 0; n < LONGEST_WAIT_FRAMES && slice()?.number !== number && !isEnded(); n++) await nextFrame()
    await nextFrame()
  }
  try {
    for (let number = 1; number <= from.count && !isEnded(); number++) {
      const due = performance.now() + 1000 / slicesPerSecond
      await show(number)
      const picture = await drawPane(store, viewers, { pane, isIdentified })
      if (!picture) return null
      if (!recording) {
        recording = new Recording(picture, format.mimeType, slicesPerSecond)
        await recording.begin(picture)
      }
      recording.add(picture)
      store.patch('view', { recording: { label: 'Recording the view', fraction: number / from.count } })
      await pause(Math.max(0, due - performance.now()))
    }
    const blob = await recording?.end()
    recording = null
    return blob && !isEnded() ? { blob, extension: format.extension } : null
  } finally {
    await recording?.end()
    store.patch('view', { recording: null })
    if (store.get().desk.readId === studyId) await show(from.number)
  }
}
