import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'
import type { AppStore } from '../state/store.ts'

export type OwnActions = Pick<
  Actions,
  | 'markScan'
  | 'markPlaceOfScan'
  | 'addOwnFinding'
  | 'askForFinding'
  | 'renameOwnFinding'
  | 'removeOwnFinding'
  | 'undoOwn'
  | 'exportOwnFindings'
  | 'importOwnFindings'
  | 'addToLibrary'
  | 'removeOwnCase'
  | 'removeOwnLibrary'
  | 'undoOwnLibraries'
  | 'agreeToLibrary'
  | 'exportOwnLibrary'
  | 'importOwnLibrary'
>

export interface OwnActionDeps {
  readonly store: AppStore
  readonly reading: Reading
  download(fileName: string, content: object): void
}

const toDate = (now: Date): string => now.toISOString().slice(0, 10)

/** Letters of a library's name that any file system takes. */
const toFileWord = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'library'

/** What a person does with findings and libraries of their own. */
export const createOwnActions = ({ store, reading, download }: OwnActionDeps): OwnActions => ({
  markScan: (target, isPresent) => void reading.own.mark(target, isPresent),
  markPlaceOfScan: (target) => void reading.own.markHere(target),
  addOwnFinding: (label, synonyms) => void reading.own.add(label, synonyms),
  askForFinding: (text) => void reading.own.ask(text),
  renameOwnFinding: (findingId, label, synonyms) => reading.own.rename(findingId, label, synonyms),
  removeOwnFinding: (findingId) => reading.own.remove(findingId),
  undoOwn: () => reading.own.undo(),
  exportOwnFindings(findingId) {
    const file = reading.own.toFile(findingId)
    if (file) download(`voxct-findings-${file.of.packId}-${toDate(new Date())}.json`, file)
  },
  importOwnFindings(file) {
    void file.text().then((text) => {
      const read = reading.own.importFile(file.name, text)
      if (!read.ok) store.notify(read.problem)
    })
  },
  addToLibrary: (added) => void reading.libraries.add(added),
  removeOwnCase: (caseId) => reading.libraries.removeCase(caseId),
  removeOwnLibrary: (library) => reading.libraries.removeLibrary(library),
  agreeToLibrary: (path, isAgreed) => void reading.remote.agree(path, isAgreed),
  undoOwnLibraries: () => reading.libraries.undo(),
  exportOwnLibrary(library) {
    const file = reading.libraries.toFile(library)
    if (file) download(`voxct-library-${toFileWord(library)}-${toDate(new Date())}.json`, file)
  },
  importOwnLibrary(file) {
    void file.text().then((text) => {
      const read = reading.libraries.importFile(file.name, text)
      if (!read.ok) store.notify(read.problem)
    })
  },
})
