import type { Layout } from './layout.ts'

/** The axial plane large, the other two in a column beside it, or below where the screen is narrow. A new pane is a row. */
export const THREE_PLANES: Layout = {
  id: 'three planes',
  wide: { rows: '1fr 1fr', columns: '3fr 2fr' },
  narrow: { rows: '3fr 2fr', columns: '1fr 1fr' },
  panes: [
    { id: 'axial', study: 'current', plane: 'axial', wide: '1 / 1 / 3 / 2', narrow: '1 / 1 / 2 / 3' },
    { id: 'coronal', study: 'current', plane: 'coronal', wide: '1 / 2 / 2 / 3', narrow: '2 / 1 / 3 / 2' },
    { id: 'sagittal', study: 'current', plane: 'sagittal', wide: '2 / 2 / 3 / 3', narrow: '2 / 2 / 3 / 3' },
  ],
}
