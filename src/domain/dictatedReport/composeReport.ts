import type { Statement } from '../statements/statement.ts'
import { readBehindTakingBack } from '../statements/transcript/corrections.ts'
import { formSpeech } from './formSpeech.ts'
import {
  type BoundMeasure,
  type ReportEntry,
  type ReportSentence,
  type SaidEdit,
  toSaidId,
  type WrittenSentence,
} from './reportEntry.ts'
import { type ReportSectionId, SECTION_IDS, toSection } from './reportSections.ts'
import { type Heading, readHeading } from './spokenHeading.ts'
import { endsWithMeasured, withNumbers } from './spokenMeasure.ts'

/** An utterance as a report needs it, in the order in which they were said. */
export interface DictatedUtterance {
  readonly id: string
  /** As a person corrected it or as it was heard. */
  readonly text: string
  readonly statements: readonly Statement[]
}

export interface WrittenMeasure {
  /** "Nodule left: 12.3 mm" */
  readonly named: string
  /** Empty where it has none, as an arrow. */
  readonly numbers: string
}

export interface ReportSources {
  readonly utterances: readonly DictatedUtterance[]
  readonly entries: readonly ReportEntry[]
  /** A measure in words; null where it is no longer there. */
  writeMeasure(measureId: string): WrittenMeasure | null
}

/** A sentence in its place of the dictation. */
interface Placed {
  readonly sentence: ReportSentence
  readonly order: readonly [utterance: number, within: number]
}

interface Said {
  readonly utteranceId: string
  readonly index: number
  readonly text: string
  readonly section: ReportSectionId
  readonly beginsParagraph: boolean
  readonly findingIds: ReportSentence['findingIds']
  readonly measureId: string | null
}

const toPlain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Findings of the statements whose clause stands in the sentence, or in whose clause it stands and whose organ it names. */
const toFindingIds = (heard: string, statements: readonly Statement[]): string[] => {
  const plain = toPlain(heard)
  const named = toSection(heard, [])
  const own = statements.filter(({ words, findingId }) => {
    if (words === null) return false
    const clause = toPlain(words)
    return plain.includes(clause) || (clause.includes(plain) && named === toSection('', [findingId]))
  })
  return [...new Set(own.map(({ findingId }) => findingId))]
}

/** Begins with what is said of something that is not named. */
const SUBJECTLESS =
  /^(is|are|was|were|has|have|had|measures?|remains?|appears?|shows?|demonstrates?)\b(?! (there|it|this|that)\b)/i

/** Walks through the dictation: a spoken heading holds until the next one; that of technique or comparison until another utterance names an organ. */
class SaidReader {
  #heading: Heading = 'findings'
  /** The utterance that the heading was said in. */
  #headedIn: string | null = null
  #last: ReportSectionId = 'other'
  /** The utterance before the one that is read. */
  #before: string | null = null
  #now: string | null = null
  readonly said: Said[] = []

  read({ id, text, statements }: DictatedUtterance): void {
    const sentences = formSpeech(text)
    this.#before = this.#now
    this.#now = id
    sentences.forEach(({ text: formed, heard, beginsParagraph }, index) => {
      const behind = readBehindTakingBack(heard)
      if (behind !== null) this.said.pop()
      const words = behind === null ? formed : (formSpeech(behind)[0]?.text ?? '')
      const headed = readHeading(words)
      if (headed) {
        this.#heading = headed.heading
        this.#headedIn = id
      }
      const rest = headed ? headed.rest : words
      if (!/\w/.test(rest)) return
      const all =
        sentences.length === 1 ? statements.map(({ findingId }) => findingId) : toFindingIds(heard, statements)
      const findingIds = [...new Set(all)]
      const section = this.#place(rest, findingIds, id === this.#headedIn)
      if (SUBJECTLESS.test(rest) && !rest.endsWith('?') && this.#goesOn(rest, id, findingIds)) return
      const upper = rest.charAt(0).toUpperCase() + rest.slice(1)
      this.said.push({ utteranceId: id, index, text: upper, section, beginsParagraph, findingIds, measureId: null })
    })
  }

  /** Words without a subject go on with the sentence before, which a pause has cut: "Calcification of the coronary arteries. Is noted." */
  #goesOn(rest: string, utteranceId: string, findingIds: readonly string[]): boolean {
    const last = this.said.at(-1)
    if (!last || (last.utteranceId !== utteranceId && this.#before !== last.utteranceId)) return false
    const text = `${last.text.replace(/[.\s]+$/, '')} ${rest.charAt(0).toLowerCase()}${rest.slice(1)}`
    this.said[this.said.length - 1] = { ...last, text, findingIds: [...new Set([...last.findingIds, ...findingIds])] }
    return true
  }

  #place(text: string, findingIds: readonly string[], isHeadedHere: boolean): ReportSectionId {
    const named = toSection(text, findingIds)
    if (this.#heading === 'impression') return 'impression'
    // "Technique. CT of the chest with contrast.": in one breath with its heading an organ may be named, of which nothing is stated.
    const isOfHeading = findingIds.length === 0 && (isHeadedHere || named === null)
    if (this.#heading !== 'findings' && isOfHeading) return this.#heading
    this.#heading = 'findings'
    this.#last = named ?? this.#last
    return this.#last
  }
}

function toSaidSentence(said: Said, edit: SaidEdit | undefined): ReportSentence | null {
  if (edit?.isRemoved) return null
  const { utteranceId, index, text, section, beginsParagraph, findingIds, measureId } = said
  const isChanged = edit !== undefined && edit.text !== null && edit.text !== text
  return {
    id: toSaidId(utteranceId, index),
    section: edit?.section ?? section,
    text: isChanged ? (edit.text ?? text) : text,
    origin: { by: 'said', utteranceId, index },
    original: isChanged ? text : null,
    isOutdated: isChanged && edit.from !== text,
    beginsParagraph,
    measureId,
    findingIds,
  }
}

/** A sentence that a person rewrote, whose words are no longer said: it stays, and says so. */
const toOrphan = ({ id, utteranceId, index, section, text, from }: SaidEdit): ReportSentence => ({
  id,
  section: section ?? toSection(text ?? '', []) ?? 'other',
  text: text ?? '',
  origin: { by: 'said', utteranceId, index },
  original: from,
  isOutdated: true,
  beginsParagraph: false,
  measureId: null,
  findingIds: [],
})

/** The last sentence of an utterance that ends with "measured" has the numbers of the measure that was meant. */
function withMeasures(
  said: readonly Said[],
  entries: readonly ReportEntry[],
  writeMeasure: ReportSources['writeMeasure'],
): Said[] {
  const bound = new Map<Said, BoundMeasure>()
  for (const entry of entries) {
    if (entry.kind !== 'bound') continue
    const meant = said.findLast(({ utteranceId, text }) => utteranceId === entry.utteranceId && endsWithMeasured(text))
    if (meant) bound.set(meant, entry)
  }
  return said.map((one) => {
    const entry = bound.get(one)
    const numbers = entry && writeMeasure(entry.measureId)?.numbers
    if (!entry || !numbers) return one
    return { ...one, text: withNumbers(one.text, numbers, entry.place), measureId: entry.measureId }
  })
}

/** "Length: 12.3 mm (axial 45 / 120)." */
export const toMeasureSentence = (numbers: string, place: string): string => `${numbers} (${place}).`

/** As it would come now; null where what it came from is gone. */
function writeAgain({ origin, from }: WrittenSentence, writeMeasure: ReportSources['writeMeasure']): string | null {
  if (origin.by !== 'measured') return from
  const measure = writeMeasure(origin.measureId)
  return measure && toMeasureSentence(measure.named, origin.place)
}

function toWritten(entry: WrittenSentence, writeMeasure: ReportSources['writeMeasure']): ReportSentence {
  const { id, section, text, from, origin } = entry
  const now = writeAgain(entry, writeMeasure)
  const isEdited = text !== from
  return {
    id,
    section,
    text: isEdited ? text : (now ?? text),
    origin,
    original: isEdited ? (now ?? from) : null,
    isOutdated: now === null || (isEdited && now !== from),
    beginsParagraph: false,
    measureId: origin.by === 'measured' && now !== null ? origin.measureId : null,
    findingIds: [],
  }
}

const compareOrder = (a: Placed, b: Placed): number => a.order[0] - b.order[0] || a.order[1] - b.order[1]

/** Behind all sentences of its utterance. */
const BEHIND = 1e6

/** Sections that are spoken of, also by an utterance that is not written down yet, and whether any finding is said to be there. */
function readSpokenOf(said: readonly Said[], utterances: readonly DictatedUtterance[]) {
  const statements = utterances.flatMap((utterance) => utterance.statements)
  const stated = statements.flatMap(({ findingId }) => toSection('', [findingId]) ?? [])
  return {
    sections: new Set([...said.map(({ section }) => section), ...stated]),
    hasFinding: statements.some(({ status }) => status === 'present' || status === 'uncertain'),
  }
}

/**
 * A template's own words give way to what is said: none of them stands beside words about the same organs, and none in the impression
 * where a finding is said to be there. "The lungs are clear" must never stand beside a nodule.
 */
function givesWay(entry: WrittenSentence, { sections, hasFinding }: ReturnType<typeof readSpokenOf>): boolean {
  if (entry.origin.by !== 'template' || entry.text !== entry.from) return false
  return sections.has(entry.section) || (entry.section === 'impression' && hasFinding)
}

/**
 * The report of a dictation, its sentences section by section and in each as they were said: the reader's own words but for what
 * a person changed of them, and what was typed, measured or put in. Nothing else comes in.
 */
export function composeReport({ utterances, entries, writeMeasure }: ReportSources): ReportSentence[] {
  const reader = new SaidReader()
  for (const utterance of utterances) reader.read(utterance)
  const all = withMeasures(reader.said, entries, writeMeasure)
  const spokenOf = readSpokenOf(all, utterances)
  const places = new Map(utterances.map(({ id }, n) => [id, n]))
  const edits = new Map(entries.flatMap((entry) => (entry.kind === 'said' ? [[entry.id, entry] as const] : [])))
  const placed: Placed[] = []
  for (const said of all) {
    const edit = edits.get(toSaidId(said.utteranceId, said.index))
    if (edit) edits.delete(edit.id)
    const sentence = toSaidSentence(said, edit)
    if (sentence) placed.push({ sentence, order: [places.get(said.utteranceId) ?? 0, said.index] })
  }
  for (const edit of edits.values()) {
    const at = places.get(edit.utteranceId)
    if (at !== undefined && edit.text !== null && !edit.isRemoved)
      placed.push({ sentence: toOrphan(edit), order: [at, edit.index] })
  }
  for (const entry of entries) {
    if (entry.kind !== 'written' || givesWay(entry, spokenOf)) continue
    const at = entry.afterUtteranceId === null ? -1 : (places.get(entry.afterUtteranceId) ?? -1)
    placed.push({ sentence: toWritten(entry, writeMeasure), order: [at, BEHIND + entry.createdAtMs] })
  }
  const ordered = placed.toSorted(compareOrder).map(({ sentence }) => sentence)
  return SECTION_IDS.flatMap((id) => ordered.filter(({ section }) => section === id))
}
