import type { Orientation } from '../geometry/viewPlane.ts'

/** What a study is on screen: the one that is read, or the one beside it. */
export type StudyRole = 'current' | 'comparison'

/** A place in a grid: row and column it starts at, row and column it ends before, as CSS grid lines. */
export interface Place {
  readonly wide: string
  /** The same where the part of the screen is higher than wide. */
  readonly narrow: string
}

/** One view of one study. Several panes may show the same plane. */
export interface Pane extends Place {
  readonly id: string
  readonly study: StudyRole
  readonly plane: Orientation
}

/** Sizes of the tracks of a grid, as CSS; panes beyond them get tracks of equal size. */
export interface Tracks {
  readonly rows: string
  readonly columns: string
}

/** The panes on screen. The panes of one study lie in one grid, the grids of the studies side by side. */
export interface Layout {
  readonly id: string
  readonly wide: Tracks
  readonly narrow: Tracks
  readonly panes: readonly Pane[]
  /** Where the study that is read is drawn in space; missing: nowhere. */
  readonly solid?: Place
  /** Panes of both studies lie in one grid, as a person has set them. */
  readonly isMixed?: true
}

/** The pane that shows a study in space; it has no plane. */
export const SOLID_PANE_ID = 'solid'

/** The studies that a layout shows, from left to right. */
export const toRoles = ({ panes }: Layout): readonly StudyRole[] => [...new Set(panes.map(({ study }) => study))]

export const panesOf = ({ panes }: Layout, study: StudyRole): readonly Pane[] =>
  panes.filter((pane) => pane.study === study)

/** The pane of a study that shows what `pane` shows: itself, else the first of its plane, else the study's first. */
export function toCounterpart(layout: Layout, { id, plane }: Pick<Pane, 'id' | 'plane'>, study: StudyRole): Pane {
  const own = panesOf(layout, study)
  return own.find((pane) => pane.id === id) ?? own.find((pane) => pane.plane === plane) ?? own[0] ?? layout.panes[0]
}

const ONE_CELL: Place = { wide: '1 / 1 / 2 / 2', narrow: '1 / 1 / 2 / 2' }
const ONE_TRACK: Tracks = { rows: 'minmax(0, 1fr)', columns: 'minmax(0, 1fr)' }

const toLarge = (layout: Layout, id: string): Omit<Layout, 'panes'> => ({
  id: `${layout.id}, ${id} large`,
  wide: ONE_TRACK,
  narrow: ONE_TRACK,
})

/** One pane large, and of each other study the pane that shows the same. */
export function toMaximised(layout: Layout, large: Pane): Layout {
  const panes = toRoles(layout).map((study) => toCounterpart(layout, large, study))
  return { ...toLarge(layout, large.id), panes: panes.map((pane) => ({ ...pane, ...ONE_CELL })) }
}

/** The drawing in space alone. */
export const toSolidAlone = (layout: Layout): Layout => ({
  ...toLarge(layout, SOLID_PANE_ID),
  panes: [],
  solid: ONE_CELL,
})

const COPY = 'comparison-'

const toCopy = (pane: Pane): Pane => ({ ...pane, id: `${COPY}${pane.id}`, study: 'comparison' })

/** The id that a pane has in the data: its copy for a study beside has the same. */
export const toBaseId = (paneId: string): string => (paneId.startsWith(COPY) ? paneId.slice(COPY.length) : paneId)

/** Every pane shows the study that is read: what is on screen while no study lies beside it. */
export function toAlone(layout: Layout): Layout {
  if (layout.panes.every(({ study }) => study === 'current')) return layout
  return { ...layout, panes: layout.panes.map((pane) => ({ ...pane, study: 'current' })) }
}

/** Every pane once more for the study beside: all that there can be on screen. */
export function toBoth(layout: Layout): Layout {
  const { panes, ...rest } = toAlone(layout)
  return { ...rest, id: `${layout.id} beside`, panes: [...panes, ...panes.map(toCopy)] }
}

/**
 * While a study lies beside: each with all planes, in a grid of its own, without the drawing in space; in one grid where a person has given the
 * study beside a pane of the layout.
 */
export function toBeside(layout: Layout): Layout {
  if (layout.panes.every(({ study }) => study === 'current')) {
    const { solid: _, ...rest } = toBoth(layout)
    return rest
  }
  const panes = layout.panes.map((pane) => (pane.study === 'comparison' ? toCopy(pane) : pane))
  return { ...layout, id: `${layout.id} mixed`, isMixed: true, panes }
}

/** The pane of the current study that takes the place of a pane once no study lies beside it any more. */
export function toCurrentPaneId(layout: Layout, paneId: string): string {
  const pane = toBoth(layout).panes.find(({ id }) => id === paneId) ?? layout.panes[0]
  return toCounterpart(toAlone(layout), pane, 'current').id
}
