import { always, type Command, type Slot } from '../command.ts'
import { canMark, canUndoLibraries, ownLibraries } from '../stateReads.ts'

const library: Slot = {
  title: 'Library',
  options: (state) =>
    ownLibraries(state).map(({ title, cases }) => ({ value: title, title: `${title} (${cases.length})` })),
}

export const commands: readonly Command[] = [
  {
    id: 'library.page',
    title: 'Libraries of yours',
    group: 'Findings and cases',
    keys: ['b'],
    when: always,
    run: ({ page }) => page.toggle('libraries'),
    phrases: ['my libraries'],
    undo: 'library.page',
  },
  {
    id: 'library.add',
    title: 'Add this scan to a library of yours',
    group: 'Findings and cases',
    keys: [],
    when: canMark,
    run: ({ page }) => page.show('libraries'),
    phrases: ['add to my library'],
  },
  {
    id: 'library.export',
    title: 'Export a library of yours',
    group: 'Findings and cases',
    keys: [],
    slots: { library },
    when: (state) => ownLibraries(state).length > 0,
    run: ({ actions }, slots) => actions.exportOwnLibrary(String(slots.library)),
  },
  {
    id: 'library.import',
    title: 'Import a library of yours',
    group: 'Findings and cases',
    keys: [],
    when: always,
    run: ({ page }) => page.pick('ownLibrary'),
  },
  {
    id: 'library.remove',
    title: 'Delete a library of yours',
    group: 'Findings and cases',
    keys: [],
    slots: { library },
    when: (state) => ownLibraries(state).length > 0,
    run: ({ actions }, slots) => actions.removeOwnLibrary(String(slots.library)),
    undo: 'library.undo',
  },
  {
    id: 'library.undo',
    title: 'Take the last change of your libraries back',
    group: 'Findings and cases',
    keys: [],
    when: canUndoLibraries,
    run: ({ actions }) => actions.undoOwnLibraries(),
  },
]
