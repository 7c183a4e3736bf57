import { assert } from '../../base/assert.ts'
import { ORIENTATIONS, type Orientation } from '../geometry/viewPlane.ts'
import { type Layout, type Place, SOLID_PANE_ID, type StudyRole, toBaseId } from './layout.ts'
import { LAYOUTS } from './layouts.ts'

/** What a person has made of a pane. */
export interface PaneChange {
  readonly plane?: Orientation
  readonly study?: StudyRole
  /** The pane whose place it takes. */
  readonly at?: string
}

/** A layout of the table with what a person has changed about it, as it is kept. */
export interface ArrangedLayout {
  readonly id: string
  /** By pane, the drawing in space among them. */
  readonly changes: Readonly<Record<string, PaneChange>>
}

export const toArranged = (id: string): ArrangedLayout => ({ id, changes: {} })

const findRow = (id: string) => LAYOUTS.find(({ layout }) => layout.id === id)

const toPlaces = ({ panes, solid }: Layout): ReadonlyMap<string, Place> =>
  new Map([
    ...panes.map(({ id, wide, narrow }) => [id, { wide, narrow }] as const),
    ...(solid ? ([[SOLID_PANE_ID, solid]] as const) : []),
  ])

/** The layout on screen. An unknown one, or places that two panes would share, fall back to the table. */
export function toLayout({ id, changes }: ArrangedLayout): Layout {
  const row = findRow(id) ?? LAYOUTS[1]
  const places = toPlaces(row.layout)
  const wanted = [...places.keys()].map((pane) => changes[pane]?.at ?? pane)
  const areSound = new Set(wanted).size === places.size && wanted.every((at) => places.has(at))
  const placeOf = (pane: string): Place => {
    const place = places.get((areSound && changes[pane]?.at) || pane)
    assert(place, 'a pane has a place')
    return place
  }
  const toPane = (pane: Layout['panes'][number]) => {
    const { plane = pane.plane, study = pane.study } = changes[pane.id] ?? {}
    return { ...pane, plane, study, ...placeOf(pane.id) }
  }
  const solid = row.layout.solid && { solid: placeOf(SOLID_PANE_ID) }
  return { ...row.layout, panes: row.layout.panes.map(toPane), ...solid }
}

const change = ({ id, changes }: ArrangedLayout, pane: string, by: PaneChange): ArrangedLayout => ({
  id,
  changes: { ...changes, [pane]: { ...changes[pane], ...by } },
})

/** Another plane or study in a pane, which may be named by its copy for the study beside. */
export const changePane = (
  arranged: ArrangedLayout,
  paneId: string,
  by: Pick<PaneChange, 'plane' | 'study'>,
): ArrangedLayout => change(arranged, toBaseId(paneId), by)

/** Two panes in each other's place. */
export function swapPanes(arranged: ArrangedLayout, one: string, other: string): ArrangedLayout {
  const [a, b] = [toBaseId(one), toBaseId(other)]
  const atOf = (pane: string) => arranged.changes[pane]?.at ?? pane
  return change(change(arranged, a, { at: atOf(b) }), b, { at: atOf(a) })
}

/** What lies on screen: a study alone, with another of the same patient, with a similar case. */
export type Situation = 'one' | 'prior' | 'case'

/** What is hung where nothing else was chosen. */
export const HANGING: Readonly<Record<Situation, ArrangedLayout>> = {
  one: toArranged('three planes'),
  prior: toArranged('two planes'),
  case: toArranged('three planes'),
}

export const isPlane = (value: unknown): value is Orientation => ORIENTATIONS.some((plane) => plane === value)
