import type { Pane } from '../../domain/layout/layout.ts'
import { toSliceMarks } from '../../domain/layout/sliceMarks.ts'
import { selectMarkedPlaces } from '../../state/markedPlaces.ts'
import { useApp, useAppContext, useReadout } from '../appContext.ts'
import styles from './pane.module.css'

/** Beside the slider: where findings, measures, key images and words lie. What they are shows on hover; a click brings the views there. */
export function SliceMarks({ pane }: { readonly pane: Pane }) {
  const { actions } = useAppContext()
  const places = useApp(selectMarkedPlaces).filter(({ plane }) => plane === undefined || plane === pane.plane)
  const { normal } = useApp(({ view }) => view.planes[pane.plane])
  const slice = useReadout(({ viewers }) => viewers[pane.study].slices[pane.id])
  if (!slice || pane.study !== 'current' || places.length === 0) return null
  return (
    <div className={styles.marks} data-over-image data-testid={`marks-${pane.id}`}>
      {toSliceMarks(normal, slice, places).map(({ number, kind, texts, pointLpsMm }) => (
        <button
          key={number}
          type="button"
          tabIndex={-1}
          data-kind={kind}
          style={{ top: `${(100 * (number - 0.5)) / slice.count}%` }}
          title={`Slice ${number}: ${texts.join(' · ')}`}
          aria-label={`Slice ${number}: ${texts.join(', ')}`}
          onClick={() => actions.showPoint(pointLpsMm)}
        />
      ))}
    </div>
  )
}
