import { always, type Command, type Slot } from '../command.ts'
import { canMark, canUndoLibraries, ownLibraries, serverLibraries } from '../stateReads.ts'

const library: Slot = {
  title: 'Library',
  options: (state) =>
    ownLibraries(state).map(({ title, cases }) => ({ value: title, title: `${title} (${cases.length})` })),
}

const serverOf = (isAgreed: boolean): Slot => ({
  title: 'Library on the server',
  options: (state) => serverLibraries(state, isAgreed).map(({ path, title }) => ({ value: path, title })),
})

export const commands: readonly Command[] = [
  {
    id: 'library.page',
    title: 'Libraries of yours',
    group: 'Findings and cases',
    keys: ['b'],
    when: always,
    run: ({ page }) => page.toggle('libraries'),
    phrases: ['<on> my (case) [libraries|library]', 'library page'],
    undo: 'library.page',
  },
  {
    id: 'library.add',
    title: 'Add this scan to a library of yours',
    group: 'Findings and cases',
    keys: [],
    when: canMark,
    run: ({ page }) => page.show('libraries'),
    phrases: ['[add|put|save] (this) (scan|case|study) [to|in|into] [my|the] library'],
  },
  {
    id: 'library.export',
    title: 'Export a library of yours',
    group: 'Findings and cases',
    keys: [],
    slots: { library },
    when: (state) => ownLibraries(state).length > 0,
    run: ({ actions }, slots) => actions.exportOwnLibrary(String(slots.library)),
    silent: 'A file is saved: it is asked for on the page of one’s libraries',
  },
  {
    id: 'library.import',
    title: 'Import a library of yours',
    group: 'Findings and cases',
    keys: [],
    when: always,
    run: ({ page }) => page.pick('ownLibrary'),
    silent: 'The browser opens its dialog for files only for a key or a click',
  },
  {
    id: 'library.remove',
    title: 'Delete a library of yours',
    group: 'Findings and cases',
    keys: [],
    slots: { library },
    when: (state) => ownLibraries(state).length > 0,
    run: ({ actions }, slots) => actions.removeOwnLibrary(String(slots.library)),
    silent: 'It deletes cases: it is done where they are seen',
    undo: 'library.undo',
  },
  {
    id: 'library.askServer',
    title: 'Search a library on this site’s server, too',
    group: 'Findings and cases',
    keys: [],
    slots: { server: serverOf(false) },
    when: (state) => serverLibraries(state, false).length > 0,
    run: ({ actions }, { server }) => actions.agreeToLibrary(String(server), true),
    confirms:
      'With each search the embedding of the query goes to this site’s server, never an image or a word. Search it?',
    silent: 'To let an embedding leave the device is read and agreed to by hand',
    undo: 'library.leaveServer',
  },
  {
    id: 'library.leaveServer',
    title: 'No longer search a library on this site’s server',
    group: 'Findings and cases',
    keys: [],
    slots: { server: serverOf(true) },
    when: (state) => serverLibraries(state, true).length > 0,
    run: ({ actions }, { server }) => actions.agreeToLibrary(String(server), false),
    phrases: ['stop searching {server}'],
    undo: 'library.askServer',
  },
  {
    id: 'library.undo',
    title: 'Take the last change of your libraries back',
    group: 'Findings and cases',
    keys: [],
    when: canUndoLibraries,
    run: ({ actions }) => actions.undoOwnLibraries(),
    phrases: ['take the change of my libraries back'],
  },
]
