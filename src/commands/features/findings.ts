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
    phrases: ['previous finding'],
  },
  {
    id: 'findings.next',
    title: 'Next finding',
    group: 'Findings and cases',
    keys: [']'],
    when: selectHasFindings,
    run: stepFinding(1),
    phrases: ['next finding'],
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
    phrases: ['show {finding}', 'where is {finding}'],
    undo: 'findings.heat',
  },
  {
    id: 'findings.others',
    title: 'Other findings listed or folded',
    group: 'Findings and cases',
    keys: ['Shift+f'],
    when: hasOthers,
    run: ({ actions }) => actions.toggleOthers(),
    phrases: ['other findings', 'all findings'],
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
    phrases: ['it is {status}'],
    undo: 'speak.undo',
  },
  {
    id: 'findings.heat',
    title: 'Heat on or off',
    group: 'Findings and cases',
    keys: ['h'],
    when: (state) => heatSource(state) !== null || similarQuery(state).kind !== 'ct',
    run: toggleHeat,
    phrases: ['heat', 'hide the heat'],
    undo: 'findings.heat',
  },
  {
    id: 'findings.heatStyle',
    title: 'Heat as fog or as contours',
    group: 'Findings and cases',
    keys: ['Shift+h'],
    when: () => true,
    run: ({ get, actions }) => actions.setHeatStyle(heatStyle(get()) === 'fog' ? 'contour' : 'fog'),
    phrases: ['contours', 'fog'],
    undo: 'findings.heatStyle',
  },
  {
    id: 'findings.evidence',
    title: 'Evidence that does not apply shown or hidden',
    group: 'Findings and cases',
    keys: ['Shift+a'],
    when: isForeign,
    run: ({ actions }) => actions.toggleEvidence(),
    phrases: ['show the evidence anyway'],
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
      },
    },
    when: (state) => heatSource(state) !== null,
    run: ({ actions }, { percent }) => actions.setHeatOpacity(Number(percent) / 100),
    phrases: ['heat {percent} percent'],
  },
  {
    id: 'findings.encode',
    title: 'Encode this scan again',
    group: 'Findings and cases',
    keys: [],
    when: canEncode,
    run: ({ actions }) => actions.encodeAgain(),
    phrases: ['read it again'],
  },
  {
    id: 'findings.export',
    title: 'Export the reading',
    group: 'Findings and cases',
    keys: ['e'],
    when: hasReading,
    run: ({ actions }) => actions.exportReading(),
    phrases: ['export the reading'],
  },
]
