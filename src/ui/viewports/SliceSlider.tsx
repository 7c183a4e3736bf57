import type { Pane } from '../../domain/layout/layout.ts'
import { selectRoleName } from '../../state/comparisonSelectors.ts'
import { useActions, useApp, useReadout } from '../appContext.ts'
import styles from './pane.module.css'

interface SliceSliderProps {
  readonly pane: Pane
  readonly name: string
}

/** Scroll bar of a view: its tab stop, so that arrows scroll the view that has the focus. Its thumb moves down where the wheel moves down. */
export function SliceSlider({ pane, name }: SliceSliderProps) {
  const actions = useActions()
  const slice = useReadout(({ viewers }) => viewers[pane.study].slices[pane.id])
  const role = useApp((state) => selectRoleName(state, pane.study))
  if (!slice) return null
  return (
    <input
      type="range"
      data-over-image
      className={styles.slider}
      min={1}
      max={slice.count}
      step={1}
      value={slice.number}
      aria-label={pane.study === 'comparison' ? `${name} slice of ${role}` : `${name} slice`}
      aria-valuetext={`${slice.number} of ${slice.count}`}
      onFocus={() => actions.activatePane(pane.id)}
      onChange={(event) => actions.scrollPane(pane.id, Number(event.currentTarget.value) - slice.number)}
    />
  )
}
