import { toCineStep } from '../domain/layout/cine.ts'
import { selectActivePane } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'

/** Runs `step` with every frame, given the milliseconds since the last one. Returns the undoing. */
function everyFrame(step: (sinceMs: number) => void): () => void {
  let last = performance.now()
  let handle = requestAnimationFrame(function next(now) {
    step(now - last)
    last = now
    handle = requestAnimationFrame(next)
  })
  return () => cancelAnimationFrame(handle)
}

/** While it plays, the active pane goes round through its slices; a machine that cannot keep up leaves slices out. It ends with the study. */
export function followCine(
  store: AppStore,
  scrollPane: (paneId: string, slices: number) => void,
  run: typeof everyFrame = everyFrame,
): void {
  let stop: (() => void) | null = null
  let dueSlices = 0
  const step = (sinceMs: number) => {
    const { id, study } = selectActivePane(store.get())
    const slice = store.readout.getState().viewers[study].slices[id]
    dueSlices += (sinceMs / 1000) * store.get().view.cine.slicesPerSecond
    const whole = Math.floor(dueSlices)
    if (!slice || whole === 0) return
    dueSlices -= whole
    scrollPane(id, toCineStep(slice, whole))
  }
  store.subscribe(({ view: { cine }, desk }, before) => {
    if (cine.isPlaying && desk.readId !== before.desk.readId) {
      store.patch('view', { cine: { ...cine, isPlaying: false } })
    } else if (cine.isPlaying && !stop) {
      dueSlices = 0
      stop = run(step)
    } else if (!cine.isPlaying && stop) {
      stop()
      stop = null
    }
  })
}
