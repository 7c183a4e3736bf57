import { VIEW_PLANES } from '../../domain/geometry/viewPlane.ts'
import type { Command, Slot } from '../command.ts'
import { activePane, hasStudy, viewPlanes } from '../stateReads.ts'

const GROUP = 'Scroll and view'
const DIRECTIONS = [
  { value: 'horizontal', title: 'Its top towards you', words: ['up', 'forward'] },
  { value: 'vertical', title: 'Its right side towards you', words: ['sideways', 'right'] },
] as const

const degrees: Slot = {
  title: 'Degrees, negative ones the other way',
  options: () => [1, 5, 15, 30, 45, -1, -5, -15, -30, -45].map((value) => ({ value, title: `${value}°` })),
  range: { min: -180, max: 180 },
}

export const commands: readonly Command[] = [
  {
    id: 'oblique.turn',
    title: 'Turn the lines of the crosshair in the active view clockwise: the planes of the other views',
    group: GROUP,
    keys: [
      { slots: { degrees: 1 }, title: 'Oblique: the other planes turn by 1° clockwise', keys: ['Alt+ArrowRight'] },
      { slots: { degrees: -1 }, title: 'Oblique: by 1° counter-clockwise', keys: ['Alt+ArrowLeft'] },
      { slots: { degrees: 5 }, title: 'Oblique: by 5° clockwise', keys: ['Alt+Shift+ArrowRight'] },
      { slots: { degrees: -5 }, title: 'Oblique: by 5° counter-clockwise', keys: ['Alt+Shift+ArrowLeft'] },
    ],
    slots: { degrees },
    when: hasStudy,
    repeats: true,
    run: ({ get, actions }, slots) => actions.turnLines(activePane(get()).plane, Number(slots.degrees)),
    phrases: [
      '[turn|rotate] (the|it) (plane|planes|crosshair|it) (by) {degrees} degrees',
      'turn {degrees} degrees',
      'turn the planes {degrees} degrees',
      'rotate {degrees} degrees',
    ],
    undo: 'oblique.reset',
  },
  {
    id: 'oblique.tilt',
    title: 'Tilt the plane of the active view',
    group: GROUP,
    keys: [],
    slots: {
      about: { title: 'What comes towards you', options: () => DIRECTIONS },
      degrees,
    },
    when: hasStudy,
    repeats: true,
    run({ get, actions }, slots) {
      const about = DIRECTIONS.find(({ value }) => value === slots.about)?.value
      if (about) actions.tiltPlane(activePane(get()).plane, about, Number(slots.degrees))
    },
    phrases: ['tilt (it|the plane) {about} (by) {degrees} degrees', 'tilt {about} {degrees} degrees'],
    undo: 'oblique.reset',
  },
  {
    id: 'oblique.reset',
    title: 'Planes along the patient again',
    group: GROUP,
    keys: ['Alt+r'],
    when: (state) => hasStudy(state) && viewPlanes(state) !== VIEW_PLANES,
    run: ({ actions }) => actions.resetPlanes(),
    phrases: [
      'straighten (the) planes',
      '[put|make|turn] (the) planes straight (again)',
      'back to (the) straight planes',
      'reset the planes',
      'straight planes',
      'oblique off',
      'no oblique',
    ],
  },
]
