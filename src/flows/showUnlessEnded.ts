import type { Volume } from '../domain/volume/volume.ts'
import type { Viewer } from '../viewer/viewer.ts'

interface Outcome {
  /** In the task in which the volume becomes visible. */
  onReveal(): void
  /** The signal came first: to give the viewer another wish, which overtakes the picture on its way. */
  onEnded(): void
}

/**
 * Draws a volume, unless the signal ends that before it is visible; `isPlaceKept`: at the place at which the views stand. Rejects where
 * nothing can be drawn.
 */
export async function showUnlessEnded(
  viewer: Viewer,
  volume: Volume,
  signal: AbortSignal,
  outcome: Outcome,
  isPlaceKept = false,
) {
  signal.addEventListener('abort', outcome.onEnded, { once: true })
  const forget = () => signal.removeEventListener('abort', outcome.onEnded)
  try {
    const onReveal = () => {
      forget()
      outcome.onReveal()
    }
    await viewer.show(volume, onReveal, isPlaceKept)
  } finally {
    forget()
  }
}
