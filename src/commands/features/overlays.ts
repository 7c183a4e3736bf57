import type { AppState } from '../../state/appState.ts'
import { selectRead } from '../../state/selectors.ts'
import type { Command } from '../command.ts'

const GROUP = 'Overlays'

const has = (state: AppState): boolean => selectRead(state).overlays.items.length > 0

const toSegments = (state: AppState) =>
  selectRead(state).overlays.items.flatMap(({ id, segments }) =>
    segments.map(({ number, label }) => ({ value: `${id}#${number}`, title: label })),
  )

const SEGMENT = { title: 'Segment', options: toSegments }

export const commands: readonly Command[] = [
  {
    id: 'overlays.toggleAll',
    title: 'Hide the segments, or show them',
    group: GROUP,
    keys: [],
    when: has,
    run: ({ actions }) => actions.toggleOverlays(),
    phrases: ['segments on or off', 'hide the segments', 'show the segments'],
    undo: 'overlays.toggleAll',
  },
  {
    id: 'overlays.toggle',
    title: 'Show or hide a segment',
    group: GROUP,
    keys: [],
    slots: { segment: SEGMENT },
    when: has,
    run: ({ actions }, { segment }) => actions.toggleSegment(String(segment)),
    phrases: ['segment {segment} on or off'],
    undo: 'overlays.toggle',
  },
  {
    id: 'overlays.show',
    title: 'Go to a segment',
    group: GROUP,
    keys: [],
    slots: { segment: SEGMENT },
    when: has,
    run: ({ actions }, { segment }) => actions.showSegment(String(segment)),
    phrases: ['go to segment {segment}'],
  },
  {
    id: 'overlays.opacity',
    title: 'How strongly segments are filled',
    group: GROUP,
    keys: [],
    slots: {
      percent: {
        title: 'Percent',
        options: () => [0, 15, 30, 50, 80].map((value) => ({ value, title: `${value} %` })),
        range: { min: 0, max: 100 },
      },
    },
    when: has,
    run: ({ actions }, { percent }) => actions.setOverlayOpacity(Number(percent) / 100),
    phrases: ['segments {percent} percent'],
    undo: 'overlays.opacity',
  },
]
