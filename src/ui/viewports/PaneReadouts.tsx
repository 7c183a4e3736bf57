import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { ViewerName } from '../../state/appState.ts'
import { useApp, useReadout } from '../appContext.ts'
import { formatHu, formatPositionMm, formatSlicePositionMm, formatWindow } from '../text/formatCt.ts'
import styles from './pane.module.css'

interface PaneProps {
  readonly viewerName: ViewerName
  readonly orientation: Orientation
}

function SliceNumber({ viewerName, orientation }: PaneProps) {
  const slice = useReadout(({ viewers }) => viewers[viewerName].slices[orientation])
  return slice && <span data-testid={`slice-${viewerName}-${orientation}`}>{`${slice.number} / ${slice.count}`}</span>
}

/** Position and density under the pointer; while it is elsewhere, the position of the slice. */
function PointNumbers({ viewerName, orientation }: PaneProps) {
  const probe = useReadout(({ viewers }) => {
    const own = viewers[viewerName].probe
    return own?.orientation === orientation ? own : null
  })
  const crosshair = useReadout(({ viewers }) => viewers[viewerName].crosshairLpsMm)
  return (
    <div className={styles.bottomLeft}>
      {probe && <span className={styles.hu}>{formatHu(probe.hu)}</span>}
      {probe && <span>{`${formatPositionMm(probe.pointLpsMm)} mm`}</span>}
      {!probe && crosshair && <span>{`${formatSlicePositionMm(orientation, crosshair)} mm`}</span>}
    </div>
  )
}

/** The numbers in the corners of a view. */
export function PaneReadouts({ viewerName, orientation, name }: PaneProps & { readonly name: string }) {
  const window = useApp(({ view }) => formatWindow(view.windowWidthHu, view.windowCenterHu))
  return (
    <div className={styles.readouts}>
      <div className={styles.topLeft}>
        <div className={styles.nameLine}>
          <span className={styles.name}>{name}</span>
          <SliceNumber viewerName={viewerName} orientation={orientation} />
        </div>
        <span className={styles.window}>{window}</span>
      </div>
      <PointNumbers viewerName={viewerName} orientation={orientation} />
    </div>
  )
}
