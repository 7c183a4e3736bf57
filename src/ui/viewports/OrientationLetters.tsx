import { toOrientationLetters } from '../../domain/geometry/viewPlane.ts'
import type { Pane } from '../../domain/layout/layout.ts'
import { useApp } from '../appContext.ts'
import styles from './pane.module.css'

/** Which side of the patient each edge of the view is. */
export function OrientationLetters({ pane }: { readonly pane: Pane }) {
  const letters = toOrientationLetters(useApp(({ view }) => view.planes[pane.plane]))
  return (
    <div className={styles.letters} aria-hidden data-over-image>
      <span data-edge="left">{letters.left}</span>
      <span data-edge="right">{letters.right}</span>
      <span data-edge="top">{letters.top}</span>
      <span data-edge="bottom">{letters.bottom}</span>
    </div>
  )
}
