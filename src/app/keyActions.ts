import type { Actions } from '../commands/actions.ts'
import type { AppStore } from '../state/store.ts'
import { readKeysFile, toKeysFile } from '../storage/keysFile.ts'

export type KeyActions = Pick<Actions, 'setChangedKeys' | 'setSingleCharacters' | 'exportKeys' | 'importKeys'>

export interface KeyActionDeps {
  readonly store: AppStore
  download(fileName: string, content: object): void
}

/** What a person does to the keys; the settings keep it. */
export const createKeyActions = ({ store, download }: KeyActionDeps): KeyActions => ({
  setChangedKeys: (changed) => store.patch('keys', { changed }),
  setSingleCharacters: (singleCharacters) => store.patch('keys', { singleCharacters }),
  exportKeys: () => download('voxct-keys.json', toKeysFile(store.get().keys)),
  importKeys(file) {
    void file.text().then((text) => {
      const read = readKeysFile(text)
      if (read.ok) store.patch('keys', read.value)
      else store.notify(read.problem)
    })
  },
})
