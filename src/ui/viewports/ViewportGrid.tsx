import { useEffect, useRef } from 'react'
import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { ViewerName } from '../../state/appState.ts'
import { useApp, useAppContext } from '../appContext.ts'
import styles from './stage.module.css'
import { ViewportPane } from './ViewportPane.tsx'

const ORIENTATIONS: readonly Orientation[] = ['axial', 'coronal', 'sagittal']

/** The three views of one study, or one of them large. */
export function ViewportGrid({ viewerName }: { readonly viewerName: ViewerName }) {
  const { viewers } = useAppContext()
  const maximised = useApp((state) => state.view.maximised)
  const grid = useRef<HTMLDivElement>(null)
  const viewer = viewers[viewerName]
  useEffect(() => {
    const observer = new ResizeObserver(() => viewer.resize())
    if (grid.current) observer.observe(grid.current)
    return () => observer.disconnect()
  }, [viewer])
  const shown = maximised ? [maximised] : ORIENTATIONS
  return (
    <div ref={grid} className={styles.grid} data-maximised={maximised !== null}>
      {shown.map((orientation) => (
        <ViewportPane
          key={orientation}
          viewerName={viewerName}
          orientation={orientation}
          isLarge={maximised !== null}
        />
      ))}
    </div>
  )
}
