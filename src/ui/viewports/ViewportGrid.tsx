import { type CSSProperties, useEffect, useRef } from 'react'
import type { Pane, Place } from '../../domain/layout/layout.ts'
import { selectLayout, selectShownLayout } from '../../state/layoutSelectors.ts'
import { useApp, useAppContext } from '../appContext.ts'
import { toPaneName } from '../text/paneName.ts'
import { SolidPane } from './SolidPane.tsx'
import styles from './stage.module.css'
import { ViewportPane } from './ViewportPane.tsx'

/** Panes in one grid, where the layout has them. */
export function ViewportGrid({ panes, solid }: { readonly panes: readonly Pane[]; readonly solid?: Place }) {
  const { viewers } = useAppContext()
  const { panes: all } = useApp(selectLayout)
  const shown = useApp(selectShownLayout)
  const isMaximised = useApp((state) => state.view.maximisedPaneId !== null)
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      viewers.current.resize()
      viewers.comparison.resize()
    })
    if (grid.current) observer.observe(grid.current)
    return () => observer.disconnect()
  }, [viewers])
  const { wide, narrow } = shown
  const tracks = {
    '--wide-rows': wide.rows,
    '--wide-columns': wide.columns,
    '--narrow-rows': narrow.rows,
    '--narrow-columns': narrow.columns,
  }
  return (
    <div ref={grid} className={styles.grid} style={tracks as CSSProperties}>
      {panes.map((pane) => (
        <ViewportPane key={pane.id} pane={pane} name={toPaneName(pane, all)} isLarge={isMaximised} />
      ))}
      {solid && <SolidPane at={solid} isLarge={isMaximised} />}
    </div>
  )
}
