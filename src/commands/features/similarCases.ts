import type { Command } from '../command.ts'
import {
  canShowMatch,
  canType,
  isComparing,
  isPanelShown,
  isScrollLinked,
  similarCases,
  similarQuery,
} from '../stateReads.ts'

export const commands: readonly Command[] = [
  {
    id: 'cases.type',
    title: 'Type a sentence to search by',
    group: 'Findings and cases',
    keys: ['/'],
    // A key that does nothing in silence looks broken: where nothing can be typed, it says why.
    when: () => true,
    run({ get, actions, page }) {
      if (!canType(get())) return actions.tellNoTyping()
      if (!isPanelShown(get(), 'findings')) actions.togglePanel('findings')
      page.focusTyped()
    },
    phrases: ['type a [sentence|query|search]'],
  },
  {
    id: 'cases.link',
    title: 'Scroll both scans by the height of their lungs, or each by itself',
    group: 'Findings and cases',
    keys: ['Shift+g'],
    when: isComparing,
    run: ({ actions }) => actions.toggleScrollLink(),
    phrases: [
      {
        say: ['link (the) (both) [scrolling|scroll|scans|studies]', 'scroll (both) (scans) together'],
        when: (state) => !isScrollLinked(state),
      },
      { say: ['unlink (the) (both) [scrolling|scroll|scans|studies]'], when: isScrollLinked },
    ],
    undo: 'cases.link',
  },
  {
    id: 'cases.ofScan',
    title: 'Cases similar to this CT',
    group: 'Findings and cases',
    keys: [],
    when: (state) => similarQuery(state).kind !== 'ct',
    run: ({ actions }) => actions.setSimilarQuery({ kind: 'ct' }),
    phrases: ['<show> similar [cases|patients|scans|ones]', '<show> [cases|patients] like this (scan|one|patient|ct)'],
  },
  {
    id: 'cases.open',
    title: 'Open a similar case beside',
    group: 'Findings and cases',
    keys: [],
    slots: {
      case: {
        title: 'Case',
        isNumbered: true,
        options: (state) =>
          similarCases(state)
            .filter(({ canOpen }) => canOpen)
            .map(({ id, title }) => ({ value: id, title })),
      },
    },
    when: (state) => similarCases(state).some(({ canOpen }) => canOpen),
    run: ({ actions }, slots) => actions.openSimilarCase(String(slots.case)),
    phrases: ['<show> (the) (similar) case {case} (beside)', '<show> (the) {case} (similar) case (beside)'],
    undo: 'cases.close',
  },
  {
    id: 'cases.match',
    title: 'Go to the slices where this CT and the case are most alike',
    group: 'Findings and cases',
    keys: ['g'],
    when: canShowMatch,
    run: ({ actions }) => actions.showMatch(),
    phrases: [
      '<show> (where) (they) (the) match',
      'where do they match',
      '<show> the best match',
      'where are they most (alike|similar)',
      '<show> (me) where they match',
    ],
  },
  {
    id: 'cases.close',
    title: 'Close the similar case',
    group: 'Findings and cases',
    keys: ['c'],
    when: isComparing,
    run: ({ actions }) => actions.closeComparison(),
    phrases: ['[close|remove] (the|this) (similar) case (beside)', 'put (the|this) case away'],
  },
]
