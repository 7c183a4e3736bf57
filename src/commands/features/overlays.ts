import type { AppState } from '../../state/appState.ts'
import { selectRead } from '../../state/selectors.ts'
import type { Command } from '../command.ts'
import { hasStudy, isIdentityShown, labelMaps } from '../stateReads.ts'

const GROUP = 'Overlays'

const has = (state: AppState): boolean => selectRead(state).overlays.items.length > 0

const toSegments = (state: AppState) =>
  selectRead(state).overlays.items.flatMap(({ id, segments }) =>
    segments.map(({ number, label }) => ({ value: `${id}#${number}`, title: label })),
  )

/** Names of files may name the patient. */
const toMaps = (state: AppState) =>
  labelMaps(state).map(({ id, title }, n) => ({
    value: id,
    title: isIdentityShown(state) ? title : `Label map ${n + 1}`,
  }))

const MAP = { title: 'Label map', options: toMaps }

const SEGMENT = { title: 'Segment', options: toSegments }

export const commands: readonly Command[] = [
  {
    id: 'overlays.layOver',
    title: 'Lay a label map over this scan',
    group: GROUP,
    keys: [],
    slots: { map: MAP },
    when: (state) => hasStudy(state) && labelMaps(state).length > 0,
    run: ({ actions }, { map }) => actions.layLabelsOver(String(map)),
    phrases: ['lay {map} over this scan'],
  },
  {
    id: 'overlays.openAsScan',
    title: 'Open a label map as a scan',
    group: GROUP,
    keys: [],
    slots: { map: MAP },
    when: (state) => labelMaps(state).length > 0,
    run: ({ actions }, { map }) => actions.chooseSeries(String(map)),
    phrases: ['open {map} as a scan'],
  },
  {
    id: 'overlays.toggleAll',
    title: 'Hide the segments, or show them',
    group: GROUP,
    keys: [],
    when: has,
    run: ({ actions }) => actions.toggleOverlays(),
    phrases: [
      '[show|hide|toggle] (the) [segments|segmentation|segmentations]',
      '[segments|segmentation] [on|off|on or off]',
    ],
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
    phrases: ['[show|hide|toggle] (the) segment {segment}', 'segment {segment} [on|off]'],
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
    phrases: ['<show> (the) segment {segment}', '<show> (the) {segment} segment'],
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
        unit: 'percent',
      },
    },
    when: has,
    run: ({ actions }, { percent }) => actions.setOverlayOpacity(Number(percent) / 100),
    phrases: ['<set> (fill) (the) [segments|segment opacity|segmentation] (to|at) {percent}'],
    undo: 'overlays.opacity',
  },
]
