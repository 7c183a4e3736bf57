import type { LastChange } from '../../state/historyState.ts'
import type { Command } from '../command.ts'
import { history } from '../stateReads.ts'

const GROUP = 'Undo'

const toTitle = (verb: string, otherwise: string, last: LastChange | null): string =>
  last ? `${verb}: ${last.text}` : otherwise

const UNDO = 'Undo the last change of the study'
const REDO = 'Redo what was taken back last'

/** Their ids are those under which earlier versions kept changed keys. */
export const commands: readonly Command[] = [
  {
    id: 'speak.undo',
    title: UNDO,
    titleNow: (state) => toTitle('Undo', UNDO, history(state).undo),
    group: GROUP,
    keys: ['Mod+z'],
    when: (state) => history(state).undo !== null,
    run: ({ actions }) => actions.undoChange(),
    phrases: ['undo (that|it)', 'undo (the) last change', 'bring it back', 'take (that|it) back'],
    undo: 'measure.redo',
  },
  {
    id: 'measure.redo',
    title: REDO,
    titleNow: (state) => toTitle('Redo', REDO, history(state).redo),
    group: GROUP,
    keys: ['Mod+Shift+z', 'Mod+y'],
    when: (state) => history(state).redo !== null,
    run: ({ actions }) => actions.redoChange(),
    phrases: ['redo (that|it|last change|the last change|the measure|the measurement)'],
    undo: 'speak.undo',
  },
]
