import type { TemplateActions } from '../commands/templateActions.ts'
import type { Reading } from '../flows/reading.ts'
import type { AppStore } from '../state/store.ts'

interface TemplateActionsDeps {
  readonly store: AppStore
  readonly reading: Reading
  download(fileName: string, content: object): void
}

/** What a person does with templates of their own. */
export const createTemplateActions = ({ store, reading, download }: TemplateActionsDeps): TemplateActions => ({
  saveTemplate: (name, sentences, id) => reading.templates.save(name, sentences, id),
  removeTemplate: (id) => reading.templates.remove(id),
  undoTemplates: () => reading.templates.undo(),
  bindTemplate(type, name) {
    const { [type]: _, ...others } = store.get().templates.bound
    store.patch('templates', { bound: name === null ? others : { ...others, [type]: name } })
  },
  exportTemplates: () => download('voxct-templates.json', reading.templates.toFile()),
  importTemplates(file) {
    void file.text().then((text) => {
      const read = reading.templates.importFile(file.name, text)
      if (!read.ok) return store.notify(read.problem, 'warning')
      if (read.value.length === 0) return
      const message = `Some templates of ${file.name} were not taken: ${read.value.join(' ')}`
      store.notify({ code: 'templates-refused', message, nextStep: 'Give them other names in the file.' }, 'warning')
    })
  },
})
