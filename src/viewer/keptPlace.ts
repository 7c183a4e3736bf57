import { dot, subtract } from '../domain/geometry/vector.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { PlanarView } from './planarView.ts'

/** What lies in the upper left corner of a view, and how many millimetres a CSS pixel shows. */
interface ViewPlace {
  readonly cornerLpsMm: Vec3
  readonly pxMm: number
}

/** Where the views of a volume stood, to be taken up again in another one of the same patient. */
export class KeptPlace {
  readonly #views = new Map<string, ViewPlace>()

  constructor(
    views: Iterable<PlanarView>,
    readonly crosshairLpsMm: Vec3 | null,
  ) {
    for (const view of views) {
      const cornerLpsMm = view.toPatient([0, 0])
      if (cornerLpsMm) this.#views.set(view.pane.id, { cornerLpsMm, pxMm: view.pxMm })
    }
  }

  bring(views: readonly PlanarView[]): void {
    for (const view of views) {
      const place = this.#views.get(view.pane.id)
      if (place) lookAt(view, place)
    }
  }
}

/** The scale first: the corner stays while it changes. */
function lookAt(view: PlanarView, { cornerLpsMm, pxMm }: ViewPlace): void {
  view.zoom(view.pxMm / pxMm, [0, 0])
  const [corner, right, below] = [view.toPatient([0, 0]), view.toPatient([100, 0]), view.toPatient([0, 100])]
  if (!corner || !right || !below) return
  const way = subtract(cornerLpsMm, corner)
  const toPx = (along: Vec3) => (100 * dot(way, along)) / dot(along, along)
  view.pan(-toPx(subtract(right, corner)), -toPx(subtract(below, corner)))
}
