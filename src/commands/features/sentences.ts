import { hasWord } from '../../domain/dictatedReport/changeWord.ts'
import { REPORT_SECTIONS } from '../../domain/dictatedReport/reportSections.ts'
import { toNumberWord } from '../../domain/voice/spokenNumbers.ts'
import type { AppState } from '../../state/appState.ts'
import type { Command, Slot, SlotOption } from '../command.ts'
import { findings, reportSentences } from '../stateReads.ts'

const GROUP = 'Report'

const isThere = (state: AppState): boolean => reportSentences(state).length > 0

const sentence: Slot = {
  title: 'Sentence',
  isNumbered: true,
  options: (state) => reportSentences(state).map(({ id, text }, n) => ({ value: id, title: `${n + 1}. ${text}` })),
}

const section: Slot = {
  title: 'Section',
  options: () => REPORT_SECTIONS.map(({ id, title }) => ({ value: id, title, words: SECTION_WORDS[id] })),
}
const SECTION_WORDS: Readonly<Partial<Record<(typeof REPORT_SECTIONS)[number]['id'], readonly string[]>>> = {
  lungs: ['lungs', 'lung', 'airways'],
  heart: ['heart', 'pericardium'],
  mediastinum: ['mediastinum', 'vessels'],
  'chest-wall': ['chest wall', 'bones'],
  abdomen: ['abdomen'],
  other: ['other'],
}

/** What is corrected most in dictations: sides, thirds, degrees and what has become of it. */
const EXCHANGED =
  `left right bilateral both upper middle lower lingula anterior posterior medial lateral central peripheral apical basal tiny small moderate
  large minimal mild marked severe extensive focal diffuse new old unchanged stable larger smaller increased decreased solid benign malignant
  acute chronic no possible probable likely`.split(/\s+/)
const MOST_NUMBER = 60

const NUMBERS: readonly SlotOption[] = Array.from({ length: MOST_NUMBER }, (_, n) => {
  const digits = String(n + 1)
  const spelled = toNumberWord(digits)
  return { value: digits, title: digits, words: spelled ? [spelled] : [] }
})
const WORDS: readonly SlotOption[] = EXCHANGED.map((word) => ({ value: word, title: word }))

const toNames = (state: AppState): SlotOption[] =>
  [...new Set(findings(state).flatMap(({ label, synonyms }) => [label, ...synonyms]))].map((name) => ({
    value: name.toLowerCase(),
    title: name.toLowerCase(),
  }))

const isIn = (text: string, { value }: SlotOption): boolean => hasWord(text, String(value))

/** Words that stand in the report and are changed for others. */
function toPresent(state: AppState): SlotOption[] {
  const text = reportSentences(state)
    .map((one) => one.text)
    .join(' ')
  return [...WORDS, ...NUMBERS, ...toNames(state)].filter((option) => isIn(text, option))
}

const from: Slot = { title: 'Word of the report', options: toPresent }
const to: Slot = { title: 'Word that takes its place', options: (state) => [...WORDS, ...NUMBERS, ...toNames(state)] }

export const commands: readonly Command[] = [
  {
    id: 'report.sentence',
    title: 'Show where a sentence of the report came from',
    group: GROUP,
    keys: [],
    slots: { sentence },
    when: isThere,
    run: ({ actions }, slots) => actions.showSentence(String(slots.sentence)),
    phrases: [
      '<show> (report) sentence {sentence}',
      '<show> (where) (the) {sentence} sentence (of the report|was said|came from)',
      'where did sentence {sentence} come from',
    ],
  },
  {
    id: 'report.remove',
    title: 'Remove a sentence from the report',
    group: GROUP,
    keys: [],
    slots: { sentence },
    when: isThere,
    run: ({ actions }, slots) => actions.removeSentence(String(slots.sentence)),
    phrases: [
      '[delete|remove|erase|take|drop] sentence {sentence} (from the report|out of the report|from my report)',
      '[delete|remove|erase|take|drop] (the) {sentence} sentence (from the report|out of the report|from my report)',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'report.move',
    title: 'Move a sentence of the report to another section',
    group: GROUP,
    keys: [],
    slots: { sentence, section },
    when: isThere,
    run: ({ actions }, slots) => {
      const found = REPORT_SECTIONS.find(({ id }) => id === slots.section)
      if (found) actions.moveSentence(String(slots.sentence), found.id)
    },
    phrases: [
      '[move|put|shift] sentence {sentence} [to|into|under|in] (the) {section}',
      '[move|put|shift] (the) {sentence} sentence [to|into|under|in] (the) {section}',
      'sentence {sentence} belongs [to|under|in] (the) {section}',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'report.change',
    title: 'Change a word of the report, where it was said last',
    group: GROUP,
    keys: [],
    slots: { from, to },
    when: (state) => toPresent(state).length > 0,
    run: ({ actions }, slots) => actions.changeWord(String(slots.from), String(slots.to), null),
    phrases: ['[change|replace|correct] (the) (word) {from} [to|with|by|into] (the|a) {to}'],
    undo: 'speak.undo',
  },
  {
    id: 'report.changeIn',
    title: 'Change a word in a sentence of the report',
    group: GROUP,
    keys: [],
    slots: { sentence, from, to },
    when: (state) => toPresent(state).length > 0,
    run: ({ actions }, slots) => actions.changeWord(String(slots.from), String(slots.to), String(slots.sentence)),
    phrases: [
      '(in) sentence {sentence} [change|replace|correct] (the) (word) {from} [to|with|by|into] (the|a) {to}',
      '(in) (the) {sentence} sentence [change|replace|correct] (the) (word) {from} [to|with|by|into] (the|a) {to}',
      '[change|replace|correct] (the) (word) {from} [to|with|by|into] (the|a) {to} in sentence {sentence}',
      '[change|replace|correct] (the) (word) {from} [to|with|by|into] (the|a) {to} in (the) {sentence} sentence',
    ],
    undo: 'speak.undo',
  },
]
