import { toDistinctNames } from '../../domain/study/seriesName.ts'
import type { Wanted } from '../../domain/study/workList.ts'
import type { AppState } from '../../state/appState.ts'
import { always, type Command, type WayBack } from '../command.ts'
import {
  findWorkFromHere,
  isIdentityShown,
  knownStudies,
  offeredPrior,
  seriesOffered,
  seriesOfScan,
} from '../stateReads.ts'

/** Back to the study that was read before. */
function toFormer(before: AppState): WayBack {
  const { readId } = before.desk
  return readId === null ? null : { id: 'studies.reopen', slots: { study: readId } }
}

const goTo = (step: 1 | -1, wanted?: Wanted): Pick<Command, 'group' | 'when' | 'run' | 'undo'> => ({
  group: 'Open and panels',
  when: (state) => findWorkFromHere(state, step, wanted) !== null,
  run({ get, actions }) {
    const entry = findWorkFromHere(get(), step, wanted)
    if (entry) actions.openWork(entry.id)
  },
  undo: toFormer,
})

export const commands: readonly Command[] = [
  {
    ...goTo(1),
    id: 'studies.next',
    title: 'Next study of the work list',
    keys: ['Alt+PageDown'],
    phrases: ['<show> (the) next [study|patient|exam|examination]', '(go) one [study|patient] [on|forward]'],
  },
  {
    ...goTo(-1),
    id: 'studies.previous',
    title: 'Previous study of the work list',
    keys: ['Alt+PageUp'],
    phrases: [
      '<show> (the) [study|patient|exam] before',
      '<show> (the) previous [patient|exam|examination]',
      '(go) one [study|patient] back',
      // Where the patient has a prior, a radiologist means that one.
      { say: ['<show> (the) previous study'], when: (state) => offeredPrior(state) === null },
    ],
  },
  {
    ...goTo(1, 'unread'),
    id: 'studies.unread',
    title: 'Next unread study of the work list',
    keys: ['Alt+u'],
    phrases: ['<show> (the) next unread (study|one|patient)', '<show> (the) next [new|unreported] study'],
  },
  {
    ...goTo(1, 'unsigned'),
    id: 'studies.unsigned',
    title: 'Next study whose report is not signed',
    keys: [],
    phrases: ['<show> (the) next [unsigned|open] (study|report)', 'what is not signed'],
  },
  {
    id: 'studies.files',
    title: 'Open files',
    group: 'Open and panels',
    keys: ['o'],
    when: always,
    run: ({ page }) => page.pick('files'),
    silent: 'The browser opens its dialog for files only for a key or a click',
  },
  {
    id: 'studies.folder',
    title: 'Open a folder',
    group: 'Open and panels',
    keys: ['Shift+o'],
    when: always,
    run: ({ page }) => page.pick('folder'),
    silent: 'The browser opens its dialog for files only for a key or a click',
  },
  {
    id: 'studies.demo',
    title: 'Open the demo case',
    group: 'Open and panels',
    keys: [],
    when: always,
    run: ({ actions }) => actions.openDemo(),
    phrases: ['[open|show|load] (the) demo (case|study)', 'demo [case|study]'],
  },
  {
    id: 'studies.reopen',
    title: 'Open a study of this visit',
    group: 'Open and panels',
    keys: [],
    slots: {
      study: {
        title: 'Study',
        isNumbered: true,
        options: (state) =>
          knownStudies(state).map(({ id, title, subtitle }) => ({ value: id, title: `${title}, ${subtitle}` })),
      },
    },
    when: (state) => knownStudies(state).length > 0,
    run: ({ actions }, { study }) => actions.reopenStudy(String(study)),
    phrases: ['back to {study}', 'open (the) study {study}'],
  },
  {
    id: 'studies.flick',
    title: 'Lung and soft kernel: the next series of this scan',
    group: 'Open and panels',
    keys: ['Alt+k'],
    when: (state) => seriesOfScan(state).length > 1,
    run: ({ actions }) => actions.flickSeries(),
    phrases: [
      '<show> (the) [other|next] kernel',
      '[switch|change|flick] (the) kernel',
      'flick the kernel',
      'other kernel',
      'next series of this scan',
    ],
    undo: 'studies.flick',
  },
  {
    id: 'studies.series',
    title: 'Open another series of this visit',
    group: 'Open and panels',
    keys: [],
    slots: {
      series: {
        title: 'Series',
        isNumbered: true,
        options(state) {
          const series = seriesOffered(state)
          const names = toDistinctNames(series, isIdentityShown(state))
          return series.map(({ id }, n) => ({ value: id, title: names[n] }))
        },
      },
    },
    when: (state) => seriesOffered(state).length > 1,
    run: ({ actions }, { series }) => actions.chooseSeries(String(series)),
    phrases: ['open (the) series {series}'],
  },
]
