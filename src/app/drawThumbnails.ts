import type { Thumbnail } from '../domain/retrieval/own/thumbnail.ts'
import { toPngUrl } from '../domain/retrieval/own/toPngUrl.ts'
import type { AppState } from '../state/appState.ts'
import { selectListedSeries } from '../state/listedSeries.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'

/** A few MB of each kind at most. */
const MOST_KEPT = 240
/** Nothing else was wanted for so long. */
const QUIET_MS = 1500

/** How the small pictures are made, each by a worker. */
export interface Painters {
  ofSeed(seed: number): Promise<Thumbnail>
  /** Null where it would cost too much. */
  ofSeries(seriesId: string): Promise<Thumbnail | null>
}

interface Wanted {
  readonly kind: keyof Painters
  readonly id: string
}

/** What is on screen and has no picture yet, series first; null where there is nothing, or something else is under way. */
function toNext(state: AppState): Wanted | null {
  if (!selectIsIdle(state) || !['off', 'waiting', 'failed'].includes(state.microphone.status)) return null
  const { ofSeed, ofSeries } = state.pictures
  const series = selectListedSeries(state)
    .slice(0, MOST_KEPT)
    .find(({ id, chestScore, labels }) => chestScore > 0 && !labels && !(id in ofSeries))
  if (series) return { kind: 'ofSeries', id: series.id }
  const { cases } = selectRead(state).similar
  const one = cases.find(({ seed, thumbnail }) => seed !== null && !thumbnail && !(seed in ofSeed))
  return one ? { kind: 'ofSeed', id: String(one.seed) } : null
}

function keep(store: AppStore, { kind, id }: Wanted, url: string): void {
  const kept = Object.entries(store.get().pictures[kind]).slice(-(MOST_KEPT - 1))
  store.patch('pictures', { [kind]: { ...Object.fromEntries(kept), [id]: url } })
}

/**
 * Pictures of the listed series, and of the phantoms in the list of similar cases, made one by one while the app has nothing else to do and the
 * microphone is off: a fifth of a second each of a worker's time. One that cannot be made is left out.
 */
export function drawThumbnails(store: AppStore, painters: Painters): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDrawing = false
  const wait = () => {
    if (timer !== null || isDrawing || toNext(store.get()) === null) return
    timer = setTimeout(draw, QUIET_MS)
  }
  const paint = ({ kind, id }: Wanted) => (kind === 'ofSeed' ? painters.ofSeed(Number(id)) : painters.ofSeries(id))
  const draw = async () => {
    timer = null
    isDrawing = true
    for (let next = toNext(store.get()); next !== null; next = toNext(store.get()))
      keep(
        store,
        next,
        await paint(next).then(
          (picture) => (picture ? toPngUrl(picture) : ''),
          () => '',
        ),
      )
    isDrawing = false
  }
  store.subscribe(wait)
}
