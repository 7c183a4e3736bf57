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

const AXIAL_ALONE: Layout = {
  id: 'axial alone',
  wide: { rows: 'minmax(0, 1fr)', columns: 'minmax(0, 1fr)' },
  narrow: { rows: 'minmax(0, 1fr)', columns: 'minmax(0, 1fr)' },
  panes: [{ id: 'axial', study: 'current', plane: 'axial', wide: '1 / 1 / 2 / 2', narrow: '1 / 1 / 2 / 2' }],
}

/** The three planes and the chest in space. */
const FOUR_WITH_SPACE: Layout = {
  id: 'four with 3-D',
  wide: { rows: '1fr 1fr', columns: '1fr 1fr' },
  narrow: { rows: '1fr 1fr', columns: '1fr 1fr' },
  panes: [
    { id: 'axial', study: 'current', plane: 'axial', wide: '1 / 1 / 2 / 2', narrow: '1 / 1 / 2 / 2' },
    { id: 'coronal', study: 'current', plane: 'coronal', wide: '2 / 1 / 3 / 2', narrow: '2 / 1 / 3 / 2' },
    { id: 'sagittal', study: 'current', plane: 'sagittal', wide: '2 / 2 / 3 / 3', narrow: '2 / 2 / 3 / 3' },
  ],
  solid: { wide: '1 / 2 / 2 / 3', narrow: '1 / 2 / 2 / 3' },
}

/** Axial above coronal: with another study beside, four planes of two studies. */
const TWO_PLANES: Layout = {
  id: 'two planes',
  wide: { rows: '1fr 1fr', columns: 'minmax(0, 1fr)' },
  narrow: { rows: '1fr 1fr', columns: 'minmax(0, 1fr)' },
  panes: [
    { id: 'axial', study: 'current', plane: 'axial', wide: '1 / 1 / 2 / 2', narrow: '1 / 1 / 2 / 2' },
    { id: 'coronal', study: 'current', plane: 'coronal', wide: '2 / 1 / 3 / 2', narrow: '2 / 1 / 3 / 2' },
  ],
}

/** A layout as it is offered. */
export interface LayoutRow {
  readonly layout: Layout
  readonly title: string
  readonly key: string
  /** Other ways to say it. */
  readonly words: readonly string[]
}

export const LAYOUTS: readonly LayoutRow[] = [
  { layout: AXIAL_ALONE, title: 'Axial alone', key: '7', words: ['single', 'one pane'] },
  { layout: THREE_PLANES, title: 'One and two', key: '8', words: ['standard', 'one plus two'] },
  { layout: FOUR_WITH_SPACE, title: 'Two by two with 3-D', key: '9', words: ['two by two', 'three d'] },
  {
    layout: TWO_PLANES,
    title: 'Axial over coronal, or four planes of two studies',
    key: '0',
    words: ['four planes', 'two studies'],
  },
]
