import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'
import type { AppStore } from '../state/store.ts'

export type OwnActions = Pick<
  Actions,
  | 'markScan'
  | 'addOwnFinding'
  | 'askForFinding'
  | 'renameOwnFinding'
  | 'removeOwnFinding'
  | 'undoOwn'
  | 'exportOwnFindings'
  | 'importOwnFindings'
>

export interface OwnActionDeps {
  readonly store: AppStore
  readonly reading: Reading
  download(fileName: string, content: object): void
}

const toDate = (now: Date): string => now.toISOString().slice(0, 10)

/** What a person does with findings of their own. */
export const createOwnActions = ({ store, reading, download }: OwnActionDeps): OwnActions => ({
  markScan: (target, isPresent) => void reading.own.mark(target, isPresent),
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
})
