import type { QuerySource } from '../../state/appState.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import {
  canSearch,
  findings,
  formerQueries,
  hasFilter,
  isPlaceToolOn,
  latestUtterance,
  nameQueryPart,
  queryParts,
  utterances,
} from '../stateReads.ts'

const GROUP = 'Findings and cases'

const FINDING = {
  title: 'Finding',
  options: (state: Parameters<typeof findings>[0]) =>
    findings(state).map(({ id, label, synonyms }) => ({ value: id, title: label, words: synonyms })),
}

const PART = {
  title: 'Part of the query',
  options: (state: Parameters<typeof findings>[0]) =>
    queryParts(state).map((part, n) => ({ value: n, title: nameQueryPart(state, part) })),
}

const add =
  (source: QuerySource, isWithout?: boolean) =>
  ({ actions }: CommandContext) =>
    actions.addToQuery(source, isWithout)

/** Makes, changes and takes back what similar cases are searched by. */
export const commands: readonly Command[] = [
  {
    id: 'cases.placeTool',
    title: 'Click a place to search by',
    group: GROUP,
    keys: ['l'],
    when: canSearch,
    run: ({ get, actions }) => actions.chooseTool(isPlaceToolOn(get()) ? 'navigate' : 'place'),
    phrases: ['(let me) [choose|click|pick] a place (to search by)', 'search by a place'],
    undo: 'cases.placeTool',
  },
  {
    id: 'cases.ofPlace',
    title: 'Cases with the like of what the crosshair shows',
    group: GROUP,
    keys: ['Shift+l'],
    when: canSearch,
    run: ({ actions }) => actions.searchPlace(null),
    phrases: [
      '<show> (similar) (cases) like this [place|spot|region] (here)',
      'search by this [place|spot]',
      'what is like this (here)',
      '<show> (similar) cases by the crosshair',
    ],
    undo: 'cases.undo',
  },
  {
    id: 'cases.ofUtterance',
    title: 'Cases similar to what was said last',
    group: GROUP,
    keys: [],
    when: (state) => canSearch(state) && latestUtterance(state) !== null,
    run({ get, actions }) {
      const latest = latestUtterance(get())
      if (latest) actions.setSimilarQuery({ kind: 'utterance', utteranceId: latest.id })
    },
    phrases: [
      '<show> (similar) (cases) [like|to|by] what i (just) said',
      '<show> cases like that (sentence)',
      '<show> cases like (my) last sentence',
      'search by what i (just) said',
    ],
    undo: 'cases.undo',
  },
  {
    id: 'cases.ofDictation',
    title: 'Cases similar to the whole dictation',
    group: GROUP,
    keys: [],
    when: (state) => canSearch(state) && utterances(state).length > 0,
    run: ({ actions }) => actions.setSimilarQuery({ kind: 'dictation' }),
    phrases: [
      '<show> (similar) cases [like|by] (my|the) (whole) dictation',
      'search by (my|the) (whole) dictation',
      '<show> (similar) cases like everything i said',
    ],
    undo: 'cases.undo',
  },
  {
    id: 'cases.ofFinding',
    title: 'Cases with a finding',
    group: GROUP,
    keys: [],
    slots: { finding: FINDING },
    when: (state) => canSearch(state) && findings(state).length > 0,
    run: ({ actions }, { finding }) => actions.setSimilarQuery({ kind: 'finding', findingId: String(finding) }),
    phrases: ['<show> (search for) [cases|patients|cases like this] with {finding}'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.with',
    title: 'Search besides by a finding',
    group: GROUP,
    keys: [],
    slots: { finding: FINDING },
    when: (state) => canSearch(state) && findings(state).length > 0,
    run: (context, { finding }) => add({ kind: 'finding', findingId: String(finding) })(context),
    phrases: [
      'and (also) with {finding}',
      'also with {finding}',
      '<show> (similar) (cases) like this (scan|one) (but) with {finding}',
    ],
    undo: 'cases.undo',
  },
  {
    id: 'cases.without',
    title: 'Search without a finding',
    group: GROUP,
    keys: [],
    slots: { finding: FINDING },
    when: (state) => canSearch(state) && findings(state).length > 0,
    run: (context, { finding }) => add({ kind: 'finding', findingId: String(finding) }, true)(context),
    phrases: [
      '<show> (similar) (cases) (like this) (scan|one) but [no|without|not] {finding}',
      '<show> (similar) (cases) (like this) without {finding}',
    ],
    undo: 'cases.undo',
  },
  {
    id: 'cases.addScan',
    title: 'Search besides by this CT',
    group: GROUP,
    keys: [],
    when: canSearch,
    run: add({ kind: 'ct' }),
    phrases: ['and like this scan'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.addUtterance',
    title: 'Search besides by what was said last',
    group: GROUP,
    keys: [],
    when: (state) => canSearch(state) && latestUtterance(state) !== null,
    run(context) {
      const latest = latestUtterance(context.get())
      if (latest) add({ kind: 'utterance', utteranceId: latest.id })(context)
    },
    phrases: ['and (also) like [that|what i said|my last sentence|that sentence]'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.addPlace',
    title: 'Search besides by the place of the crosshair',
    group: GROUP,
    keys: [],
    when: canSearch,
    run: ({ actions }) => actions.searchPlace(null, true),
    phrases: ['and (also) like [this place|this spot|the place here|this here]'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.turn',
    title: 'Turn a part of the query to "without", or back',
    group: GROUP,
    keys: [],
    slots: { part: PART },
    when: canSearch,
    run({ get, actions }, { part }) {
      const at = Number(part)
      const known = queryParts(get())[at]
      if (known) actions.changeQueryPart(at, { isWithout: !known.isWithout })
    },
    phrases: ['turn {part} to without'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.remove',
    title: 'Remove a part of the query',
    group: GROUP,
    keys: [],
    slots: { part: PART },
    when: (state) => canSearch(state) && queryParts(state).length > 1,
    run: ({ actions }, { part }) => actions.removeQueryPart(Number(part)),
    phrases: ['remove {part} from the query'],
    undo: 'cases.undo',
  },
  {
    id: 'cases.undo',
    title: 'Undo the last change of the query',
    group: GROUP,
    keys: ['Shift+z'],
    when: (state) => formerQueries(state).length > 0,
    run: ({ actions }) => actions.undoQuery(),
    phrases: [
      '[undo|take back] the [query|search|last search]',
      'take the (last) search back',
      '<show> (the) [former|previous|last] query',
    ],
  },
  {
    id: 'cases.clearFilter',
    title: 'List cases without a filter',
    group: GROUP,
    keys: [],
    when: hasFilter,
    run: ({ actions }) => actions.clearCaseFilter(),
    phrases: ['[clear|remove|reset] (the|all) [filter|filters]', 'no filter', '(list) cases without a filter'],
  },
]
