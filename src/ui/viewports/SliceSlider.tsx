import { type Orientation, SLICES_A_STEP_DOWN } from '../../domain/geometry/viewPlane.ts'
import type { ViewerName } from '../../state/appState.ts'
import { useActions, useReadout } from '../appContext.ts'
import styles from './pane.module.css'

interface SliceSliderProps {
  readonly viewerName: ViewerName
  readonly orientation: Orientation
  readonly name: string
}

/** Scroll bar of a view: its tab stop, so that arrows scroll the view that has the focus. Its thumb moves down where the wheel moves down. */
export function SliceSlider({ viewerName, orientation, name }: SliceSliderProps) {
  const actions = useActions()
  const slice = useReadout(({ viewers }) => viewers[viewerName].slices[orientation])
  if (!slice) return null
  return (
    <input
      type="range"
      className={styles.slider}
      min={1}
      max={slice.count}
      step={1}
      dir={SLICES_A_STEP_DOWN[orientation] === 1 ? 'ltr' : 'rtl'}
      value={slice.number}
      aria-label={viewerName === 'comparison' ? `${name} slice of the similar case` : `${name} slice`}
      aria-valuetext={`${slice.number} of ${slice.count}`}
      onFocus={() => actions.activateView(viewerName, orientation)}
      onChange={(event) =>
        actions.scrollView(viewerName, orientation, Number(event.currentTarget.value) - slice.number)
      }
    />
  )
}
