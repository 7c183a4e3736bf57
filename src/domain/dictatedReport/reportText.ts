import type { ReportSentence } from './reportEntry.ts'
import { REPORT_SECTIONS, type ReportSectionId } from './reportSections.ts'

interface Section {
  readonly id: ReportSectionId
  readonly title: string
  /** Sentences of each paragraph. */
  readonly paragraphs: readonly (readonly ReportSentence[])[]
}

function toParagraphs(sentences: readonly ReportSentence[]): ReportSentence[][] {
  const paragraphs: ReportSentence[][] = []
  for (const sentence of sentences) {
    if (paragraphs.length === 0 || sentence.beginsParagraph) paragraphs.push([])
    paragraphs.at(-1)?.push(sentence)
  }
  return paragraphs
}

/** Sections that hold anything, in their order. */
export const toSections = (sentences: readonly ReportSentence[]): Section[] =>
  REPORT_SECTIONS.flatMap(({ id, title }) => {
    const own = sentences.filter(({ section }) => section === id)
    return own.length === 0 ? [] : [{ id, title, paragraphs: toParagraphs(own) }]
  })

const joinSentences = (paragraph: readonly ReportSentence[]): string => paragraph.map(({ text }) => text).join(' ')

/** Title and text of each section, a blank line between them; empty for a report of nothing. */
export const toReportText = (sentences: readonly ReportSentence[]): string =>
  toSections(sentences)
    .map(({ title, paragraphs }) => [title.toUpperCase(), ...paragraphs.map(joinSentences)].join('\n'))
    .join('\n\n')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The same for programs that take formatted text. */
export const toReportHtml = (sentences: readonly ReportSentence[]): string =>
  toSections(sentences)
    .map(({ title, paragraphs }) => {
      const body = paragraphs.map((paragraph) => `<p>${escapeHtml(joinSentences(paragraph))}</p>`)
      return `<h3>${escapeHtml(title)}</h3>${body.join('')}`
    })
    .join('')
