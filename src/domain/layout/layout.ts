import type { Orientation } from '../geometry/viewPlane.ts'

/** What a study is on screen: the one that is read, or the one beside it. */
export type StudyRole = 'current' | 'comparison'

/** One view of one study. Several panes may show the same plane. */
export interface Pane {
  readonly id: string
  readonly study: StudyRole
  readonly plane: Orientation
  /** Its place in the grid of its study: row and column it starts at, row and column it ends before, as CSS grid lines. */
  readonly wide: string
  /** The same where the study's part of the screen is higher than wide. */
  readonly narrow: string
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
}

/** The studies that a layout shows, from left to right. */
export const toRoles = ({ panes }: Layout): readonly StudyRole[] => [...new Set(panes.map(({ study }) => study))]

export const panesOf = ({ panes }: Layout, study: StudyRole): readonly Pane[] =>
  panes.filter((pane) => pane.study === study)

/** The pane of a study that shows what `pane` shows: itself, else the first of its plane, else the study's first. */
export function toCounterpart(layout: Layout, { id, plane }: Pick<Pane, 'id' | 'plane'>, study: StudyRole): Pane {
  const own = panesOf(layout, study)
  return own.find((pane) => pane.id === id) ?? own.find((pane) => pane.plane === plane) ?? own[0]
}

const ONE_CELL = '1 / 1 / 2 / 2'
const ONE_TRACK: Tracks = { rows: 'minmax(0, 1fr)', columns: 'minmax(0, 1fr)' }

/** One pane large, and of each other study the pane that shows the same. */
export function toMaximised(layout: Layout, large: Pane): Layout {
  const panes = toRoles(layout).map((study) => toCounterpart(layout, large, study))
  return {
    id: `${layout.id}, ${large.id} large`,
    wide: ONE_TRACK,
    narrow: ONE_TRACK,
    panes: panes.map((pane) => ({ ...pane, wide: ONE_CELL, narrow: ONE_CELL })),
  }
}

/** Every pane of the current study once more for the study beside it. */
export function toBeside(layout: Layout): Layout {
  const copies = panesOf(layout, 'current').map(
    (pane): Pane => ({ ...pane, id: `comparison-${pane.id}`, study: 'comparison' }),
  )
  return { ...layout, id: `${layout.id} beside`, panes: [...layout.panes, ...copies] }
}

/** The pane of the current study that takes the place of a pane once no study lies beside it any more. */
export function toCurrentPaneId(layout: Layout, paneId: string): string {
  const pane = toBeside(layout).panes.find(({ id }) => id === paneId) ?? layout.panes[0]
  return toCounterpart(layout, pane, 'current').id
}
