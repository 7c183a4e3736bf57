import * as v from 'valibot'
import { failure, type Problem, type Result, success } from '../../base/result.ts'
import { parseJson } from '../findings/taught/ownFile.ts'
import { REPORT_SECTIONS, type ReportSectionId, SECTION_IDS, toSection } from './reportSections.ts'
import type { ReportTemplate, TemplateSentence } from './reportTemplates.ts'

/** A template that the reader has made. */
export interface OwnTemplate extends ReportTemplate {
  readonly id: string
  readonly createdAtMs: number
}

const LONGEST_NAME = 40
const LONGEST_SENTENCE = 2000
const MOST_SENTENCES = 200

const sentence = v.object({
  section: v.picklist(SECTION_IDS),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST_SENTENCE)),
})

/** A template's name and sentences as they are kept and exported. */
export const templateFields = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST_NAME)),
  sentences: v.pipe(v.array(sentence), v.minLength(1), v.maxLength(MOST_SENTENCES)),
}

/** `docs/TEMPLATES.md` tells it. */
export interface TemplateFile {
  readonly format: 'voxct-templates'
  readonly version: 1
  readonly templates: readonly ReportTemplate[]
}

const file = v.object({
  format: v.literal('voxct-templates'),
  version: v.literal(1),
  templates: v.pipe(v.array(v.object(templateFields)), v.minLength(1)),
})

export const toTemplateFile = (templates: readonly ReportTemplate[]): TemplateFile => ({
  format: 'voxct-templates',
  version: 1,
  templates: templates.map(({ name, sentences }) => ({ name, sentences })),
})

const unreadable = (fileName: string, reason: string): Problem => ({
  code: 'template-file-invalid',
  message: `${fileName} holds no templates: ${reason}.`,
  nextStep: 'Choose a file that “Export” of your templates has saved.',
})

/** The templates of such a file; a problem names the file and what is wrong in it. */
export function readTemplateFile(fileName: string, text: string): Result<readonly ReportTemplate[]> {
  const parsed = v.safeParse(file, parseJson(text), { abortEarly: true })
  if (parsed.success) return success(parsed.output.templates)
  const [issue] = parsed.issues
  return failure(unreadable(fileName, `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`))
}

/** Titles on lines of their own, under each its sentences, one a line. */
export const toTemplateText = (sentences: readonly TemplateSentence[]): string =>
  REPORT_SECTIONS.flatMap(({ id, title }) => {
    const own = sentences.filter(({ section }) => section === id)
    return own.length === 0 ? [] : [[title, ...own.map(({ text }) => text)].join('\n')]
  }).join('\n\n')

const BY_TITLE = new Map<string, ReportSectionId>(REPORT_SECTIONS.map(({ id, title }) => [title.toLowerCase(), id]))

/** The sentences of such a text. What stands before the first title goes by the organ that it names. */
export function readTemplateText(text: string): TemplateSentence[] {
  let section: ReportSectionId | null = null
  const sentences: TemplateSentence[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    const titled = BY_TITLE.get(line.toLowerCase().replace(/:$/, ''))
    if (titled) section = titled
    else if (line !== '')
      sentences.push({ section: section ?? toSection(line, []) ?? 'other', text: line.slice(0, LONGEST_SENTENCE) })
  }
  return sentences.slice(0, MOST_SENTENCES)
}

/** Groups of vowels, without an e that is not heard; what is written in capitals is said letter by letter. */
function countSyllables(word: string): number {
  if (/^[A-Z]{2,5}$/.test(word)) return word.length
  const heard = word.toLowerCase().replace(/([^aeiouyl])e$/, '$1')
  return Math.max(1, heard.match(/[aeiouy]+/g)?.length ?? 0)
}

export const tidyName = (name: string): string => name.replace(/\s+/g, ' ').trim()

/** Why a name cannot be said as one, in a sentence; null: it can. */
export function refuseSpokenName(name: string, others: readonly string[]): string | null {
  const words = tidyName(name)
  if (words === '') return 'It needs a name, by which it is asked for.'
  if (words.length > LONGEST_NAME) return `The name is longer than ${LONGEST_NAME} letters.`
  if (!/^[a-z]+([ '-][a-z]+)*$/i.test(words)) return 'The name is to be said: only letters from A to Z and spaces.'
  if (words.split(/[ -]/).reduce((sum, word) => sum + countSyllables(word), 0) < 2)
    return 'A name of one syllable is easily misheard: take one of two or more.'
  const same = others.find((other) => other.toLowerCase() === words.toLowerCase())
  return same ? `There is a template “${same}” already.` : null
}
