import { selectHasFindings } from '../../state/selectors.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import {
  canEncode,
  findingRows,
  findingSynonyms,
  findingToSettle,
  hasOthers,
  hasReading,
  heatSource,
  heatStyle,
  isForeign,
  selectedFinding,
  shownRows,
  similarQuery,
} from '../stateReads.ts'
import { stepFrom } from '../stepFrom.ts'

const stepFinding =
  (step: 1 | -1) =>
  ({ get, actions }: CommandContext) => {
    const ids = shownRows(get()).map(({ id }) => id)
    const next = stepFrom(ids, selectedFinding(get()), step)
    if (next) actions.selectFinding(next)
  }

/** Takes the heat away, or brings that of the last finding, utterance or typed sentence back. */
function toggleHeat({ get, actions }: CommandContext): void {
  if (heatSource(get())) actions.clearHeat()
  else actions.showHeat()
}

export const commands: readonly Command[] = [
  {
    id: 'findings.previous',
    title: 'Previous finding',
    group: 'Findings and cases',
    keys: ['['],
    when: selectHasFindings,
    run: stepFinding(-1),
    phrases: ['<show> (the) [previous|former] finding', '(the) finding before', '(go) one finding back'],
  },
  {
    id: 'findings.next',
    title: 'Next finding',
    group: 'Findings and cases',
    keys: [']'],
    when: selectHasFindings,
    run: stepFinding(1),
    phrases: ['(what is) <show> (the) next finding'],
  },
  {
    id: 'findings.show',
    title: 'Show a finding',
    group: 'Findings and cases',
    keys: [],
    slots: {
      finding: {
        title: 'Finding',
        options: (state) =>
          findingRows(state).map(({ id, label }) => ({ value: id, title: label, words: findingSynonyms(state, id) })),
      },
    },
    when: selectHasFindings,
    run({ get, actions }, { finding }) {
      const row = findingRows(get()).find(({ id }) => id === finding)
      if (row) actions.selectFinding(row.id)
    },
    phrases: [
      '[show me|show|let me see|see|go to|take me to|jump to|bring up|find|get|switch to] (where) (the) {finding} (is)',
      'where is (the) {finding}',
    ],
    undo: 'findings.heat',
  },
  {
    id: 'findings.others',
    title: 'Other findings listed or folded',
    group: 'Findings and cases',
    keys: ['Shift+f'],
    when: hasOthers,
    run: ({ actions }) => actions.toggleOthers(),
    phrases: [
      '<on> (list|fold|hide) (all|the) other findings',
      '<on> (list) all (the) findings',
      '<on> (list) (the) rest of the findings',
      '[list|fold] (the) (other) findings',
    ],
    undo: 'findings.others',
  },
  {
    id: 'findings.settle',
    title: 'Say which holds of the chosen finding',
    group: 'Findings and cases',
    keys: [],
    slots: {
      status: {
        title: 'It is',
        options: () => [
          { value: 'present', title: 'Present' },
          { value: 'absent', title: 'Absent' },
        ],
      },
    },
    when: (state) => findingToSettle(state) !== undefined,
    run({ get, actions }, { status }) {
      const row = findingToSettle(get())
      if (row) actions.settleFinding(row.id, status === 'present' ? 'present' : 'absent')
    },
    phrases: ['[it|this|that] is {status}', '[mark|set|call|say] [it|this|that] (is|as) {status}'],
    undo: 'speak.undo',
  },
  {
    id: 'findings.heat',
    title: 'Heat on or off',
    group: 'Findings and cases',
    keys: ['h'],
    when: (state) => heatSource(state) !== null || similarQuery(state).kind !== 'ct',
    run: toggleHeat,
    phrases: [
      {
        say: ['heat (map) on', '<on> (the) heat (map)', '[turn|switch] (the) heat (map) on', 'heat (map)'],
        when: (state) => heatSource(state) === null,
      },
      {
        say: [
          'heat (map) off',
          '<off> (the) heat (map)',
          '[turn|switch] (the) heat (map) off',
          'toggle (the) heat (map)',
        ],
        when: (state) => heatSource(state) !== null,
      },
    ],
    undo: 'findings.heat',
  },
  {
    id: 'findings.heatStyle',
    title: 'Heat as fog or as contours',
    group: 'Findings and cases',
    keys: ['Shift+h'],
    when: () => true,
    run: ({ get, actions }) => actions.setHeatStyle(heatStyle(get()) === 'fog' ? 'contour' : 'fog'),
    phrases: [
      {
        say: ['<on> (the) heat (map) as contours', '<on> (the) contours', 'contours instead of fog'],
        when: (state) => heatStyle(state) !== 'contour',
      },
      {
        say: ['<on> (the) heat (map) as fog', 'fog', 'fog instead of contours'],
        when: (state) => heatStyle(state) !== 'fog',
      },
      '[switch|change|toggle] the heat style',
    ],
    undo: 'findings.heatStyle',
  },
  {
    id: 'findings.evidence',
    title: 'Evidence that does not apply shown or hidden',
    group: 'Findings and cases',
    keys: ['Shift+a'],
    when: isForeign,
    run: ({ actions }) => actions.toggleEvidence(),
    phrases: ['(show me|show|hide) (the) [evidence|scores] anyway', 'show the evidence (anyway)', 'hide the evidence'],
    undo: 'findings.evidence',
  },
  {
    id: 'findings.opacity',
    title: 'Opacity of the heat',
    group: 'Findings and cases',
    keys: [],
    slots: {
      percent: {
        title: 'Opacity in percent',
        options: () => [20, 40, 60, 80, 100].map((value) => ({ value, title: `${value}%` })),
        range: { min: 0, max: 100 },
        unit: 'percent',
      },
    },
    when: (state) => heatSource(state) !== null,
    run: ({ actions }, { percent }) => actions.setHeatOpacity(Number(percent) / 100),
    phrases: [
      '<set> (the) heat (map) (opacity) (to|at) {percent}',
      '(set the) opacity (of the heat) (to|at) {percent}',
    ],
  },
  {
    id: 'findings.encode',
    title: 'Encode this scan again',
    group: 'Findings and cases',
    keys: [],
    when: canEncode,
    run: ({ actions }) => actions.encodeAgain(),
    phrases: ['read (the|this) (it|scan) again', '[encode|analyse] (the|this) scan again', 'run the model again'],
  },
  {
    id: 'findings.export',
    title: 'Export the reading',
    group: 'Findings and cases',
    keys: ['e'],
    when: hasReading,
    run: ({ actions }) => actions.exportReading(),
    phrases: ['[export|save|download] (my|the|this) reading (to a file)'],
  },
]
