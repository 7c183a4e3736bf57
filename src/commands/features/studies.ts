import { toDistinctNames } from '../../domain/study/seriesName.ts'
import { always, type Command } from '../command.ts'
import { isIdentityShown, knownStudies, seriesOffered, seriesOfScan } from '../stateReads.ts'

export const commands: readonly Command[] = [
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
    phrases: ['flick the kernel', 'other kernel', 'next series of this scan'],
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
