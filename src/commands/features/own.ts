import { isOwnId } from '../../domain/findings/taught/ownFinding.ts'
import type { Actions, OwnTarget } from '../actions.ts'
import { always, type Command, type Slot } from '../command.ts'
import {
  canMark,
  canType,
  canUndoOwn,
  chosenToMark,
  findingSynonyms,
  findings,
  markOf,
  ownFindings,
  utterances,
} from '../stateReads.ts'

/** The pack's findings are taught under their own names, beside the pack's, never into them. */
const toTarget = (finding: { readonly id: string; readonly label: string }, synonyms: readonly string[]): OwnTarget =>
  isOwnId(finding.id) ? { id: finding.id } : { label: finding.label, synonyms }

const own: Slot = {
  title: 'Finding',
  options: (state) =>
    ownFindings(state).map(({ id, label, synonyms }) => ({ value: id, title: label, words: synonyms })),
}

const toMarkChosen =
  (isPresent: boolean): Command['run'] =>
  ({ get, actions }) => {
    const chosen = chosenToMark(get())
    if (chosen) actions.markScan(toTarget(chosen, chosen.synonyms), isPresent)
  }

const HOW: Readonly<Record<string, boolean | null>> = { present: true, absent: false, none: null }

function mark(actions: Actions, target: OwnTarget, how: string | number): void {
  actions.markScan(target, HOW[how] ?? null)
}

export const commands: readonly Command[] = [
  {
    id: 'own.page',
    title: 'Findings of yours',
    group: 'Findings and cases',
    keys: ['y'],
    when: always,
    run: ({ page }) => page.toggle('own'),
    phrases: ['<on> (list) my (own) findings'],
    undo: 'own.page',
  },
  {
    id: 'own.present',
    title: 'Teach: this scan shows the chosen finding',
    group: 'Findings and cases',
    keys: ['Shift+y'],
    when: (state) => canMark(state) && chosenToMark(state) !== undefined,
    run: toMarkChosen(true),
    phrases: [
      '[mark|use|take] this scan as (an) example',
      'teach it by this scan',
      'this scan is (an) example',
      'this is an example',
      'this scan shows it',
    ],
    undo: 'own.undo',
  },
  {
    id: 'own.here',
    title: 'Teach: this scan shows the chosen finding at the crosshair',
    group: 'Findings and cases',
    keys: ['Shift+k'],
    when: (state) => canMark(state) && chosenToMark(state) !== undefined,
    run({ get, actions }) {
      const chosen = chosenToMark(get())
      if (chosen) actions.markPlaceOfScan(toTarget(chosen, chosen.synonyms))
    },
    phrases: ['it is here', 'teach it here'],
    undo: 'own.undo',
  },
  {
    id: 'own.absent',
    title: 'Teach: this scan does not show the chosen finding',
    group: 'Findings and cases',
    keys: ['Shift+x'],
    when: (state) => canMark(state) && chosenToMark(state) !== undefined,
    run: toMarkChosen(false),
    phrases: [
      'this [scan|one] is [no|not an|not a] example',
      'this is [no|not an|not a] example',
      'this is no example',
      'this scan does not show it',
    ],
    undo: 'own.undo',
  },
  {
    id: 'own.unmark',
    title: 'Teach: this scan is no example of the chosen finding any more',
    group: 'Findings and cases',
    keys: [],
    when: (state) => markOf(state, chosenToMark(state)?.id ?? '') !== null,
    run({ get, actions }) {
      const chosen = chosenToMark(get())
      if (chosen) actions.markScan({ id: chosen.id }, null)
    },
    phrases: ['no example any more'],
    undo: 'own.undo',
  },
  {
    id: 'own.mark',
    title: 'Teach a finding by this scan',
    group: 'Findings and cases',
    keys: [],
    slots: {
      finding: {
        title: 'Finding',
        options: (state) =>
          [...ownFindings(state), ...findings(state)].map(({ id, label, synonyms }) => ({
            value: id,
            title: isOwnId(id) ? `${label} (yours)` : label,
            words: synonyms,
          })),
      },
      how: {
        title: 'This scan',
        options: () => [
          { value: 'present', title: 'Shows it' },
          { value: 'absent', title: 'Does not show it' },
          { value: 'none', title: 'Is no example of it' },
        ],
      },
    },
    when: canMark,
    run({ get, actions }, { finding, how }) {
      const state = get()
      const chosen = [...ownFindings(state), ...findings(state)].find(({ id }) => id === finding)
      if (chosen) mark(actions, toTarget(chosen, findingSynonyms(state, chosen.id)), how)
    },
    phrases: ['teach {finding} {how}'],
    undo: 'own.undo',
  },
  {
    id: 'own.askSaid',
    title: 'A row of what was said last, scored by its words',
    group: 'Findings and cases',
    keys: [],
    when: (state) => canType(state) && Boolean(utterances(state).at(-1)?.transcript),
    run({ get, actions }) {
      const last = utterances(get()).at(-1)
      if (last) actions.askForFinding(last.edits.text ?? last.transcript ?? '')
    },
    phrases: ['make a row of that'],
    undo: 'own.undo',
  },
  {
    id: 'own.export',
    title: 'Export findings of yours',
    group: 'Findings and cases',
    keys: [],
    when: (state) => ownFindings(state).length > 0,
    run: ({ actions }) => actions.exportOwnFindings(null),
    silent: 'A file is saved: it is asked for on the page of one’s findings',
  },
  {
    id: 'own.import',
    title: 'Import findings of yours',
    group: 'Findings and cases',
    keys: [],
    when: always,
    run: ({ page }) => page.pick('ownFindings'),
    silent: 'The browser opens its dialog for files only for a key or a click',
  },
  {
    id: 'own.remove',
    title: 'Delete a finding of yours',
    group: 'Findings and cases',
    keys: [],
    slots: { finding: own },
    when: (state) => ownFindings(state).length > 0,
    run: ({ actions }, { finding }) => actions.removeOwnFinding(String(finding)),
    silent: 'It deletes what was taught: it is done where the examples are seen',
    undo: 'own.undo',
  },
  {
    id: 'own.undo',
    title: 'Undo the last change of your findings',
    group: 'Findings and cases',
    keys: [],
    when: canUndoOwn,
    run: ({ actions }) => actions.undoOwn(),
    phrases: ['undo (the) (change of) my findings'],
  },
]
