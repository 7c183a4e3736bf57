import type { Thumbnail } from '../domain/retrieval/own/thumbnail.ts'
import { toPngUrl } from '../domain/retrieval/own/toPngUrl.ts'
import type { AppState } from '../state/appState.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'

/** A few MB at most. */
const MOST_KEPT = 240
/** Nothing else was wanted for so long. */
const QUIET_MS = 1500

/** The first phantom of the list on screen that has no picture yet; null where there is none, or something else is under way. */
function toNext(state: AppState): number | null {
  if (!selectIsIdle(state) || !['off', 'failed'].includes(state.microphone.status)) return null
  const { cases } = selectRead(state).similar
  return (
    cases.find(({ seed, thumbnail }) => seed !== null && !thumbnail && !(seed in state.pictures.ofSeed))?.seed ?? null
  )
}

function keep(store: AppStore, seed: number, url: string): void {
  const kept = Object.entries(store.get().pictures.ofSeed).slice(-(MOST_KEPT - 1))
  store.patch('pictures', { ofSeed: { ...Object.fromEntries(kept), [seed]: url } })
}

/**
 * Pictures of the phantoms in the list of similar cases, made from their seeds one by one while the app has nothing else to do and the
 * microphone is off: a fifth of a second each of a worker's time. One that cannot be made is left out.
 */
export function drawThumbnails(store: AppStore, renderThumbnail: (seed: number) => Promise<Thumbnail>): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDrawing = false
  const wait = () => {
    if (timer !== null || isDrawing || toNext(store.get()) === null) return
    timer = setTimeout(draw, QUIET_MS)
  }
  const draw = async () => {
    timer = null
    isDrawing = true
    for (let seed = toNext(store.get()); seed !== null; seed = toNext(store.get()))
      keep(store, seed, await renderThumbnail(seed).then(toPngUrl, () => ''))
    isDrawing = false
  }
  store.subscribe(wait)
}
