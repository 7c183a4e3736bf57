import { useEffect, useRef } from 'react'
import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { ViewerName } from '../../state/appState.ts'
import { selectStudyOf } from '../../state/selectors.ts'
import { useApp, useAppContext } from '../appContext.ts'
import { MaximiseButton } from './MaximiseButton.tsx'
import { OrientationLetters } from './OrientationLetters.tsx'
import { PaneReadouts } from './PaneReadouts.tsx'
import styles from './pane.module.css'
import { SliceSlider } from './SliceSlider.tsx'

interface ViewportPaneProps {
  readonly viewerName: ViewerName
  readonly orientation: Orientation
  readonly isLarge: boolean
}

const VIEW_NAMES: Readonly<Record<Orientation, string>> = { axial: 'Axial', coronal: 'Coronal', sagittal: 'Sagittal' }

/** Gives the viewer its place on the page; a double click makes the view large. */
function useViewerPlace(viewerName: ViewerName, orientation: Orientation, isLarge: boolean) {
  const { viewers, actions } = useAppContext()
  const viewer = viewers[viewerName]
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (place.current) viewer.attach(orientation, place.current)
    return () => viewer.detach(orientation)
  }, [viewer, orientation])
  useEffect(() => {
    const element = place.current
    const toggle = () => actions.maximise(isLarge ? null : orientation)
    element?.addEventListener('dblclick', toggle)
    return () => element?.removeEventListener('dblclick', toggle)
  }, [actions, isLarge, orientation])
  return place
}

/** One view with what is written around it. */
export function ViewportPane({ viewerName, orientation, isLarge }: ViewportPaneProps) {
  const place = useViewerPlace(viewerName, orientation, isLarge)
  const isActive = useApp(({ view }) => view.activeOrientation === orientation && view.activeViewer === viewerName)
  const hasStudy = useApp((state) => selectStudyOf(state, viewerName) !== null)
  const name = VIEW_NAMES[orientation]
  const prefix = viewerName === 'comparison' ? 'comparison-' : ''
  return (
    <section
      className={styles.pane}
      style={isLarge ? undefined : { gridArea: orientation }}
      aria-label={viewerName === 'comparison' ? `${name} view of the similar case` : `${name} view`}
      data-testid={`${prefix}viewport-${orientation}`}
      data-active={isActive && hasStudy}
    >
      <div ref={place} className={styles.place} />
      {hasStudy && (
        <>
          <OrientationLetters viewerName={viewerName} orientation={orientation} />
          <PaneReadouts viewerName={viewerName} orientation={orientation} name={name} />
          <SliceSlider viewerName={viewerName} orientation={orientation} name={name} />
          <MaximiseButton orientation={orientation} name={name} isLarge={isLarge} />
        </>
      )}
    </section>
  )
}
