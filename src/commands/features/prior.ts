import type { ComparedStudy } from '../../domain/study/comparisons.ts'
import { toDistinctNames } from '../../domain/study/seriesName.ts'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import type { Command, SlotOption } from '../command.ts'
import { comparisons, isIdentityShown, isScrollLinked, offeredPrior, priorBeside } from '../stateReads.ts'

const isBeside = (state: Parameters<Command['when']>[0]): boolean => priorBeside(state) !== null

const GROUP = 'Prior'

/** Its series by name and date, which are the patient's and are hidden with the identity. */
function toOptions({ series, date, days, kinship }: ComparedStudy, isShown: boolean): SlotOption[] {
  const ago = days === null ? null : `${Math.abs(days)} days ${days < 0 ? 'after' : 'before'}`
  const when = (isShown ? formatStudyDate(date) : null) ?? ago
  const warning = kinship === 'same' ? null : 'not known to be the same patient'
  const names = toDistinctNames(series, isShown)
  return series.map(({ id }, n) => ({
    value: id,
    title: [names[n], when, warning].filter(Boolean).join(', '),
    words: when ? [when] : [],
  }))
}

export const commands: readonly Command[] = [
  {
    id: 'prior.open',
    title: 'Compare with the prior',
    group: GROUP,
    keys: ['Shift+c'],
    when: (state) => offeredPrior(state) !== null,
    run: ({ actions }) => actions.openPrior(),
    phrases: [
      'compare [with|to] (the) [prior|previous] (study|scan|ct)',
      '<show> (put) (the) [prior|previous] [study|scan|ct] (beside)',
      '<show> (put) (the) prior (beside)',
    ],
    undo: 'prior.close',
  },
  {
    id: 'prior.choose',
    title: 'Compare with a study of this visit',
    group: GROUP,
    keys: [],
    slots: {
      study: {
        title: 'Study',
        options: (state) => comparisons(state).flatMap((study) => toOptions(study, isIdentityShown(state))),
      },
    },
    when: (state) => comparisons(state).length > 0,
    run: ({ actions }, { study }) => actions.compareWith(String(study)),
    phrases: ['compare with {study}'],
    undo: 'prior.close',
  },
  {
    id: 'prior.register',
    title: 'Register the prior by the lungs, and lock both',
    group: GROUP,
    keys: ['Shift+r'],
    when: (state) => isBeside(state) && priorBeside(state)?.progress === null,
    run: ({ actions }) => actions.registerPrior(),
    phrases: ['[register|align] (the) (both) [prior|scans|studies] (by the lungs)'],
    undo: 'prior.unlock',
  },
  {
    id: 'prior.cancel',
    title: 'Give the registration up',
    group: GROUP,
    keys: [],
    when: (state) => priorBeside(state)?.progress != null,
    run: ({ actions }) => actions.cancelRegistering(),
    phrases: ['[cancel|stop] the registration'],
  },
  {
    id: 'prior.lock',
    title: 'Lock the scroll of both as they stand',
    group: GROUP,
    keys: ['Shift+t'],
    when: isBeside,
    run: ({ actions }) => actions.lockPrior(),
    phrases: ['lock (the|both) [scroll|scrolling|together|studies|scans]'],
    undo: 'prior.unlock',
  },
  {
    id: 'prior.unlock',
    title: 'Unlock: each study scrolls by itself',
    group: GROUP,
    keys: ['Shift+u'],
    when: (state) => isBeside(state) && (priorBeside(state)?.lock !== 'none' || isScrollLinked(state)),
    run: ({ actions }) => actions.unlockPrior(),
    phrases: ['unlock (the|both) [scroll|scrolling|studies|scans|them]', '(let them) scroll separately'],
    undo: 'prior.lock',
  },
  {
    id: 'prior.place',
    title: 'Same place in the other study',
    group: GROUP,
    keys: ['Shift+p'],
    when: isBeside,
    run: ({ actions }) => actions.samePlaceInPrior(),
    phrases: [
      '<show> (the) same [place|position] (in the prior|in prior|in the other study|in the previous study|in the other scan)',
      '<show> this place in the prior',
    ],
  },
  {
    id: 'prior.close',
    title: 'Close the prior',
    group: GROUP,
    keys: [],
    when: isBeside,
    run: ({ actions }) => actions.closePrior(),
    phrases: ['[close|remove] (the) [prior|previous] (study|scan)', 'put the prior away'],
    undo: 'prior.open',
  },
]
