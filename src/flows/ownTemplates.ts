import { createId } from '../base/createId.ts'
import { failure, type Result, success } from '../base/result.ts'
import {
  type OwnTemplate,
  readTemplateFile,
  type TemplateFile,
  tidyName,
  toTemplateFile,
} from '../domain/dictatedReport/ownTemplate.ts'
import type { ReportTemplate, TemplateSentence } from '../domain/dictatedReport/reportTemplates.ts'
import type { Screen } from '../session/screen.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { History } from './history.ts'
import { KeptThings } from './keptThings.ts'

export interface OwnTemplatesDeps {
  readonly screen: Screen
  readonly templates: OwnTable<OwnTemplate>
  /** Why a template cannot bear the name, in a sentence; null: it can. `id`: of the template that has it now. */
  refuseTemplateName(name: string, id: string | null): string | null
}

/** The order of changes that these stand in. */
const ORDER = 'templates'

/** Templates of reports that the reader has made: kept on the device, each change can be taken back. */
export class OwnTemplates {
  readonly #kept: KeptThings<OwnTemplate>

  constructor(
    private readonly deps: OwnTemplatesDeps,
    private readonly history: History,
  ) {
    this.#kept = new KeptThings(deps.screen, deps.templates)
    void this.#kept.load().then(() => {
      this.#kept.follow(() => this.#publish())
      this.#publish()
    })
  }

  /** A new template, or one in the place of that with the id; gives why not, in a sentence, or null. */
  save(name: string, sentences: readonly TemplateSentence[], id: string | null = null): string | null {
    const refusal = this.deps.refuseTemplateName(name, id) ?? (sentences.length === 0 ? 'It holds no sentence.' : null)
    if (refusal) return refusal
    const known = id === null ? null : this.#kept.find(id)
    const made = { id: createId(), createdAtMs: Date.now(), ...known }
    const template = { ...made, name: tidyName(name), sentences }
    if (known && known.name !== template.name) this.#rebind(known.name, template.name)
    this.#change(known ? `Template “${template.name}” changed` : `Template “${template.name}” saved`, [template])
    return null
  }

  remove(id: string): void {
    const known = this.#kept.find(id)
    if (known) this.#change(`Template “${known.name}” deleted`, [], [id])
  }

  undo = (): void => this.history.undo(ORDER)

  toFile(): TemplateFile {
    return toTemplateFile(this.#kept.all)
  }

  /** Brings in exported templates, each in the place of one of its name; gives those whose names are refused, with the reasons. */
  importFile(fileName: string, text: string): Result<readonly string[]> {
    const read = readTemplateFile(fileName, text)
    if (!read.ok) return read
    const refused: string[] = []
    const taken: OwnTemplate[] = []
    for (const { name, sentences } of read.value) {
      const known = this.#findName(name)
      const refusal = this.deps.refuseTemplateName(name, known?.id ?? null) ?? findDouble(taken, name)
      if (refusal) refused.push(`${name}: ${refusal}`)
      else
        taken.push({
          id: createId(),
          createdAtMs: Date.now() + taken.length,
          ...known,
          name: tidyName(name),
          sentences,
        })
    }
    if (taken.length === 0) {
      const message = `None of the templates of ${fileName} was taken: ${refused.join(' ')}`
      return failure({ code: 'templates-refused', message, nextStep: 'Give them other names in the file.' })
    }
    this.#change(`${fileName} imported`, taken)
    return success(refused)
  }

  #findName(name: string): OwnTemplate | null {
    return this.#kept.all.find((one) => one.name.toLowerCase() === tidyName(name).toLowerCase()) ?? null
  }

  /** A template that is bound to kinds of studies stays so under its new name. */
  #rebind(from: string, to: string): void {
    const { bound } = this.deps.screen.get().templates
    const renamed = Object.entries(bound).map(([type, name]) => [type, name === from ? to : name])
    this.deps.screen.patch('templates', { bound: Object.fromEntries(renamed) })
  }

  #change(text: string, templates: readonly OwnTemplate[], removed: readonly string[] = []): void {
    const change = this.#kept.change(templates, removed)
    this.history.add({ kind: 'template', text, scopes: [ORDER], change, show: () => this.#publish() })
    this.#publish()
  }

  #publish(): void {
    this.deps.screen.patch('templates', {
      own: this.#kept.all,
      unreadableCount: this.#kept.unreadableCount,
      undo: this.history.last(ORDER).undo?.text ?? null,
    })
  }
}

const findDouble = (taken: readonly ReportTemplate[], name: string): string | null =>
  taken.some((one) => one.name.toLowerCase() === tidyName(name).toLowerCase()) ? 'the file has it twice.' : null
