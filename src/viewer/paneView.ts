import { findViewAxis } from '../domain/geometry/sliceStack.ts'
import type { ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { HeatOver } from './heatOver.ts'
import { HeatLayer } from './layers/heatLayer.ts'
import type { Layer } from './layers/layer.ts'
import { MissingLayer } from './layers/missingLayer.ts'
import { OverlayLayer } from './layers/overlayLayer.ts'
import { ScaleLayer } from './layers/scaleLayer.ts'
import { type ShownSlab, SlabLayer } from './layers/slabLayer.ts'
import type { ViewListener } from './listenToView.ts'
import type { OverlaysOver } from './overlaysOver.ts'
import type { PaneSlabs } from './paneSlabs.ts'
import type { PaneWindows } from './paneWindows.ts'
import { PlanarView } from './planarView.ts'
import { isDrawnByProcessor } from './renderSurface.ts'
import { type ShownVolume, toMissingReach } from './shownVolume.ts'
import type { ViewerPane } from './viewer.ts'

/** What the view of a pane shows, as it is at the moment. */
export interface PaneHost {
  readonly shown: ShownVolume | null
  readonly planes: ViewPlanes
  readonly slabs: PaneSlabs
  readonly heat: HeatOver
  readonly windows: PaneWindows
  readonly overlays: OverlaysOver
  readonly cursor: string
  toListener(pane: ViewerPane): ViewListener
  createToolLayers(): readonly Layer[]
  onRendered(view: PlanarView): void
}

/** No thickness: the values of the plane itself. */
const PLANE: Slab = { mode: 'average', thicknessMm: 0 }

/** Cornerstone's drawing by the processor keeps a picture until the plane has moved by half a voxel, and takes tilted voxels for upright ones. */
const isCutByProcessor = ({ volume }: ShownVolume, normal: Vec3): boolean =>
  isDrawnByProcessor() && findViewAxis(volume, normal) === null

/** A view with its layers. */
export function createPaneView(pane: ViewerPane, host: PaneHost): PlanarView {
  const slabOf = () => host.slabs.of(pane.id)
  const toShownSlab = (): ShownSlab | null => {
    const { shown } = host
    const slab = slabOf() ?? (shown && isCutByProcessor(shown, host.planes[pane.plane].normal) ? PLANE : null)
    const window = host.windows.of(pane.id)
    return slab && shown && { source: shown.slabSource, grid: shown.grid, slab, window }
  }
  const toReach = (normal: Vec3): number => {
    const [slab, { shown }] = [slabOf(), host]
    return slab && shown ? toMissingReach(shown.grid, normal, slab) : 0
  }
  const view: PlanarView = new PlanarView({
    pane,
    layers: [
      new SlabLayer(toShownSlab),
      new HeatLayer(() => host.heat.over(host.shown)),
      new OverlayLayer(() => host.overlays.over(host.shown)),
      new MissingLayer(() => host.shown, toReach),
      new ScaleLayer(),
      ...host.createToolLayers(),
    ],
    cursor: host.cursor,
    toPlanes: () => host.planes,
    toThicknessMm: () => slabOf()?.thicknessMm ?? 0,
    listener: host.toListener(pane),
    onRendered: () => host.onRendered(view),
  })
  return view
}
