import type { Pane } from '../../domain/layout/layout.ts'
import { toColorTable } from '../../domain/volume/colorMaps.ts'
import { useApp } from '../appContext.ts'
import { formatHu } from '../text/formatCt.ts'
import styles from './pane.module.css'

const STOPS = Array.from({ length: 65 }, (_, n) => Math.min(255, n * 4))

/** What the colours of a view mean, densest at the top; nothing where it is grey. */
export function ColorBar({ pane }: { readonly pane: Pane }) {
  const map = useApp(({ view }) => view.colorMap)
  const isInverted = useApp(({ view }) => view.isInverted)
  const width = useApp(({ view }) => view.ownWindows[pane.id]?.widthHu ?? view.windowWidthHu)
  const center = useApp(({ view }) => view.ownWindows[pane.id]?.centerHu ?? view.windowCenterHu)
  if (map === 'grey') return null
  const [red, green, blue] = toColorTable(map, isInverted)
  const stops = STOPS.map((level) => `rgb(${red[level]} ${green[level]} ${blue[level]})`)
  return (
    <div className={styles.colorBar} data-over-image data-testid={`colors-${pane.id}`}>
      <span>{formatHu(center + width / 2)}</span>
      <div style={{ background: `linear-gradient(to top, ${stops.join(', ')})` }} />
      <span>{formatHu(center - width / 2)}</span>
    </div>
  )
}
