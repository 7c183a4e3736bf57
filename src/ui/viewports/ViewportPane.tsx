import { type CSSProperties, useEffect, useRef } from 'react'
import type { Pane } from '../../domain/layout/layout.ts'
import { selectRoleName } from '../../state/comparisonSelectors.ts'
import { selectActivePane } from '../../state/layoutSelectors.ts'
import { selectStudyOf } from '../../state/selectors.ts'
import { useApp, useAppContext } from '../appContext.ts'
import { usePaneDrop } from '../parts/paneDrag.ts'
import { ColorBar } from './ColorBar.tsx'
import { Magnifier } from './Magnifier.tsx'
import { MaximiseButton } from './MaximiseButton.tsx'
import { OrientationLetters } from './OrientationLetters.tsx'
import { PaneMenu } from './PaneMenu.tsx'
import { PaneReadouts } from './PaneReadouts.tsx'
import styles from './pane.module.css'
import { SliceMarks } from './SliceMarks.tsx'
import { SliceSlider } from './SliceSlider.tsx'

interface ViewportPaneProps {
  readonly pane: Pane
  readonly name: string
  readonly isLarge: boolean
}

/** Gives the viewer its place on the page; a double click makes the view large. */
function useViewerPlace({ id, study, plane }: Pane, isLarge: boolean) {
  const { viewers, actions } = useAppContext()
  const viewer = viewers[study]
  const place = useRef<HTMLDivElement>(null)
  // A pane that is given another plane is another view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plane makes the view
  useEffect(() => {
    if (place.current) viewer.attach(id, place.current)
    return () => viewer.detach(id)
  }, [viewer, id, plane])
  useEffect(() => {
    const element = place.current
    const toggle = () => actions.maximisePane(isLarge ? null : id)
    element?.addEventListener('dblclick', toggle)
    return () => element?.removeEventListener('dblclick', toggle)
  }, [actions, isLarge, id])
  return place
}

/** One view with what is written around it. */
export function ViewportPane({ pane, name, isLarge }: ViewportPaneProps) {
  const place = useViewerPlace(pane, isLarge)
  const isActive = useApp((state) => selectActivePane(state).id === pane.id)
  const hasStudy = useApp((state) => selectStudyOf(state, pane.study) !== null)
  const role = useApp((state) => selectRoleName(state, pane.study))
  const drop = usePaneDrop(pane.id)
  return (
    <section
      {...drop}
      data-ground="dark"
      className={styles.pane}
      style={{ '--wide': pane.wide, '--narrow': pane.narrow } as CSSProperties}
      aria-label={pane.study === 'comparison' ? `${name} view of ${role}` : `${name} view`}
      data-testid={`viewport-${pane.id}`}
      data-active={isActive && hasStudy}
    >
      <div ref={place} className={styles.place} />
      {hasStudy && (
        <>
          <OrientationLetters pane={pane} />
          <PaneReadouts pane={pane} name={name} />
          <ColorBar pane={pane} />
          <Magnifier place={place} />
          <SliceMarks pane={pane} />
          <SliceSlider pane={pane} name={name} />
          <div className={styles.corner} data-over-image>
            <PaneMenu pane={pane} name={name} />
            <MaximiseButton paneId={pane.id} name={name} isLarge={isLarge} />
          </div>
        </>
      )}
    </section>
  )
}
