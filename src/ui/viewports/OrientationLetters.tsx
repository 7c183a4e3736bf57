import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { ViewerName } from '../../state/appState.ts'
import { useAppContext } from '../appContext.ts'
import styles from './pane.module.css'

/** Which side of the patient each edge of the view is. */
export function OrientationLetters(props: { readonly viewerName: ViewerName; readonly orientation: Orientation }) {
  const { viewers } = useAppContext()
  const letters = viewers[props.viewerName].orientationLetters(props.orientation)
  return (
    <div className={styles.letters} aria-hidden>
      <span data-edge="left">{letters.left}</span>
      <span data-edge="right">{letters.right}</span>
      <span data-edge="top">{letters.top}</span>
      <span data-edge="bottom">{letters.bottom}</span>
    </div>
  )
}
