import type { Told } from '../base/result.ts'
import type { ReportActions } from '../commands/reportActions.ts'
import { changeSaid, changeWord, findSentenceWith, hasWord } from '../domain/dictatedReport/changeWord.ts'
import type { Reading } from '../flows/reading.ts'
import { selectReport } from '../state/reportSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'

const toNoWord = (word: string): Told => ({
  code: 'report-no-word',
  message: `“${word}” does not stand there.`,
  nextStep: 'Say a word of that sentence, or change it by hand: a double click on it.',
})

type SentenceActions = Pick<
  ReportActions,
  'rewriteSentence' | 'changeWord' | 'moveSentence' | 'removeSentence' | 'typeSentence' | 'showSentence'
>

/** What a person does with the sentences of the report of the study being read. */
export const createSentenceActions = (
  store: AppStore,
  { report, corrections, questions, measures }: Pick<Reading, 'report' | 'corrections' | 'questions' | 'measures'>,
): SentenceActions => ({
  rewriteSentence: (id, text) => report.rewrite(id, text),
  changeWord(from, to, sentenceId) {
    const study = selectRead(store.get())
    const { utterances } = study.dictation
    const ids = utterances.map(({ id }) => id)
    const sentences = selectReport(study)
    const sentence = sentenceId
      ? sentences.find(({ id, text }) => id === sentenceId && hasWord(text, from))
      : findSentenceWith(sentences, ids, from)
    store.view.showRight('report')
    if (!sentence) return store.notify(toNoWord(from), 'info')
    const { origin, original } = sentence
    const said = origin.by === 'said' && original === null && utterances.find(({ id }) => id === origin.utteranceId)
    const corrected = said ? changeSaid(said.edits.text ?? said.transcript ?? '', from, to) : null
    if (said && corrected !== null) corrections.setText(said.id, corrected)
    else report.rewrite(sentence.id, changeWord(sentence.text, from, to))
  },
  moveSentence: (id, section) => report.move(id, section),
  removeSentence: (id) => report.remove(id),
  typeSentence: (section, text) => report.type(section, text),
  showSentence(id) {
    const origin = selectReport(selectRead(store.get())).find((one) => one.id === id)?.origin
    if (origin?.by === 'said') void questions.select({ kind: 'utterance', utteranceId: origin.utteranceId })
    else if (origin?.by === 'measured') measures.jump(origin.measureId)
  },
})
