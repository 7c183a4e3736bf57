import { describe, expect, it } from 'vitest'
import { NO_PLACE, type Statement } from '../statements/statement.ts'
import { composeReport, type DictatedUtterance } from './composeReport.ts'
import type { ReportEntry, ReportSentence, SaidEdit, WrittenSentence } from './reportEntry.ts'
import { NORMAL_CHEST } from './reportTemplates.ts'
import { toReportHtml, toReportText } from './reportText.ts'

const say = (...texts: string[]): DictatedUtterance[] => texts.map((text, n) => ({ id: `u${n}`, text, statements: [] }))

const compose = (utterances: readonly DictatedUtterance[], entries: readonly ReportEntry[] = [], measure = '') =>
  composeReport({
    utterances,
    entries,
    writeMeasure: () => (measure ? { named: `Length: ${measure}`, numbers: measure } : null),
  })

const lines = (...args: Parameters<typeof compose>) =>
  compose(...args).map(({ section, text }) => `${section}: ${text}`)

const KEPT = { studyId: 's', createdAtMs: 1 }
const edit = (change: Partial<SaidEdit>): SaidEdit => ({
  ...KEPT,
  id: 'said:u0:0',
  kind: 'said',
  utteranceId: 'u0',
  index: 0,
  from: 'No effusion.',
  text: null,
  section: null,
  isRemoved: false,
  ...change,
})
const write = (change: Partial<WrittenSentence>): WrittenSentence => ({
  ...KEPT,
  id: 'w',
  kind: 'written',
  origin: { by: 'typed' },
  section: 'lungs',
  text: 'Typed.',
  from: 'Typed.',
  afterUtteranceId: null,
  ...change,
})

describe('where a sentence stands', () => {
  it('by the organ that it names, a sentence of none with the one before', () => {
    expect(lines(say('Nodule in the right upper lobe. It measures five millimetres.', 'No pleural effusion.'))).toEqual(
      ['lungs: Nodule in the right upper lobe.', 'lungs: It measures 5 mm.', 'pleura: No pleural effusion.'],
    )
  })
  it('by a heading that was spoken, until the next', () => {
    expect(
      lines(
        say(
          'Technique. CT of the chest without contrast.',
          'Comparison: none.',
          'The heart is enlarged.',
          'Impression colon cardiomegaly. No effusion.',
          'Findings. The liver is normal.',
        ),
      ),
    ).toEqual(
      [
        'technique: CT of the chest without contrast.',
        'comparison: None.',
        'heart: The heart is enlarged.',
        'abdomen: The liver is normal.',
        'impression: Cardiomegaly.',
        'impression: No effusion.',
      ].map((line) => line),
    )
  })
  it('is not moved by a word that only looks like a heading', () => {
    expect(
      lines(say('Findings are consistent with emphysema.', 'Comparison with the prior shows growth of the nodule.')),
    ).toEqual([
      'lungs: Findings are consistent with emphysema.',
      'lungs: Comparison with the prior shows growth of the nodule.',
    ])
  })
})

describe('words that a pause has cut off from their subject', () => {
  it('go on with the sentence before, also over two utterances', () => {
    expect(
      lines(
        say(
          'Calcification of the coronary arteries.',
          'Is noted. The lungs are clear.',
          'Bronchiectasis. Is possible.',
        ),
      ),
    ).toEqual([
      'lungs: The lungs are clear.',
      'lungs: Bronchiectasis is possible.',
      'heart: Calcification of the coronary arteries is noted.',
    ])
  })
  it('stand alone where nothing was said before, and where they ask', () => {
    expect(lines(say('Is noted.'))).toEqual(['other: Is noted.'])
    expect(lines(say('The lungs are clear.', 'Is there an effusion?')).at(-1)).toBe('pleura: Is there an effusion?')
  })
})

describe('what is not said is not there', () => {
  it('a sentence that was taken back goes, what stands behind stays', () => {
    expect(lines(say('Small nodule in the left lung.', 'Scratch that. No nodule in the lungs.'))).toEqual([
      'lungs: No nodule in the lungs.',
    ])
  })
  it('an utterance that was deleted takes its sentences along, the edited ones too', () => {
    expect(lines([], [edit({ text: 'No effusion at all.' })])).toEqual([])
  })
})

describe('what a person changes', () => {
  it('stands in place of the words, which are kept beside it', () => {
    const [sentence] = compose(say('no effusion'), [edit({ text: 'No pleural effusion.', section: 'pleura' })])
    expect(sentence).toMatchObject({
      section: 'pleura',
      text: 'No pleural effusion.',
      original: 'No effusion.',
      isOutdated: false,
    })
  })
  it('stays where the words were corrected since, and says so', () => {
    const [sentence] = compose(say('small effusion'), [edit({ text: 'No pleural effusion.' })])
    expect(sentence).toMatchObject({ text: 'No pleural effusion.', original: 'Small effusion.', isOutdated: true })
  })
  it('stays where its sentence is no longer among the words', () => {
    const [first, second] = compose(say('no effusion'), [
      edit({ id: 'said:u0:3', index: 3, from: 'Old.', text: 'Kept.' }),
    ])
    expect([first, second].map((one) => one?.text).sort()).toEqual(['Kept.', 'No effusion.'])
  })
  it('removes a sentence', () => {
    expect(lines(say('no effusion'), [edit({ isRemoved: true })])).toEqual([])
  })
  it('stands behind what had been said by then', () => {
    const utterances = say('Emphysema of the lungs.', 'Nodule in the lung.')
    expect(lines(utterances, [write({ afterUtteranceId: 'u0' })])).toEqual([
      'lungs: Emphysema of the lungs.',
      'lungs: Typed.',
      'lungs: Nodule in the lung.',
    ])
  })
})

describe('a measure in the report', () => {
  const [FIVE, SEVEN] = ['Length: 5.0 mm (axial 4 / 9).', 'Length: 7.0 mm (axial 4 / 9).']
  const measured = write({ origin: { by: 'measured', measureId: 'm', place: 'axial 4 / 9' }, text: FIVE, from: FIVE })
  it('follows the measure', () => {
    expect(compose([], [measured], '7.0 mm')[0]).toMatchObject({ text: SEVEN, isOutdated: false })
  })
  it('says that the measure is gone', () => {
    expect(compose([], [measured])[0]).toMatchObject({ text: FIVE, isOutdated: true })
  })
  it('keeps the words of a person, and says that the measure has changed', () => {
    const edited = { ...measured, text: 'About 5 mm.' }
    expect(compose([], [edited], '7.0 mm')[0]).toMatchObject({
      text: 'About 5 mm.',
      original: SEVEN,
      isOutdated: true,
    })
  })
})

describe('"measured" in a sentence', () => {
  const bound = {
    ...KEPT,
    id: 'bound:u0',
    kind: 'bound',
    utteranceId: 'u0',
    measureId: 'm',
    place: 'axial 4 / 9',
  } as const
  const first = (text: string, measure = '5.0 mm', entries: readonly ReportEntry[] = [bound]) =>
    compose(say(text), entries, measure).at(-1)
  it.each([
    ['Nodule in the left lung, measured.', 'Nodule in the left lung, measured 5.0 mm (axial 4 / 9).'],
    ['nodule in the left lung as measured', 'Nodule in the left lung measured 5.0 mm (axial 4 / 9).'],
    ['No emphysema. A nodule, just measured here.', 'A nodule, measured 5.0 mm (axial 4 / 9).'],
  ])('has the numbers of what was measured: %s', (said, written) =>
    expect(first(said)).toMatchObject({ text: written, measureId: 'm', original: null }),
  )
  it.each([
    'The nodule measured 4 mm.',
    'It was not measured.',
    'The nodule cannot be measured.',
    'It was previously measured.',
    'A nodule.',
  ])('stays as it is where nothing of now is left out: %s', (said) =>
    expect(first(said)).toMatchObject({ text: said, measureId: null }),
  )
  it('is the bare word again where the measure is gone, and says where a person has changed what followed it', () => {
    expect(first('A nodule, measured.', '')).toMatchObject({ text: 'A nodule, measured.', measureId: null })
    const changed = edit({ from: 'A nodule, measured 5.0 mm (axial 4 / 9).', text: 'A nodule of about 5 mm.' })
    expect(first('A nodule, measured.', '7.0 mm', [bound, changed])).toMatchObject({
      text: 'A nodule of about 5 mm.',
      isOutdated: true,
    })
  })
})

describe('a template', () => {
  const normal = NORMAL_CHEST.sentences.map(({ section, text }, n) =>
    write({ id: `t${n}`, section, text, from: text, origin: { by: 'template', name: 'Normal chest' } }),
  )
  const nodule: Statement = {
    findingId: 'lung_nodule',
    status: 'present',
    place: NO_PLACE,
    sizeMm: null,
    span: null,
    words: 'a nodule',
    readings: { embedding: null, transcript: 'present' },
    margin: null,
    isSet: false,
  }
  const sectionsOf = (sentences: readonly ReportSentence[], by: string) =>
    new Set(sentences.filter(({ origin }) => origin.by === by).map(({ section }) => section))

  it('stands whole where nothing is said', () => {
    expect(compose([], normal).map(({ text }) => text)).toEqual(NORMAL_CHEST.sentences.map(({ text }) => text))
  })
  it('gives way where something is said, and comes back with its deletion', () => {
    const said = compose([{ id: 'u0', text: 'There is a nodule.', statements: [nodule] }], normal)
    expect(sectionsOf(said, 'template').has('lungs')).toBe(false)
    expect(sectionsOf(said, 'template').has('impression')).toBe(false)
    expect(sectionsOf(said, 'template').has('pleura')).toBe(true)
    expect(compose([], normal)).toHaveLength(normal.length)
  })
  it('gives way to what is stated and not written down yet', () => {
    const said = compose([{ id: 'u0', text: '', statements: [nodule] }], normal)
    expect(sectionsOf(said, 'template').has('lungs')).toBe(false)
  })
  it('keeps its impression beside what is said to be normal', () => {
    const absent = { ...nodule, status: 'absent' as const }
    const said = compose([{ id: 'u0', text: 'No nodule.', statements: [absent] }], normal)
    expect(sectionsOf(said, 'template').has('impression')).toBe(true)
  })
  it('keeps what a person made of it', () => {
    const changed = normal.map((one) => (one.section === 'lungs' ? { ...one, text: 'Else clear.' } : one))
    expect(lines(say('Nodule in the lung.'), changed)).toContain('lungs: Else clear.')
  })
})

describe('as text', () => {
  const sentences = compose(say('No effusion < 5 ml. New paragraph. No pleural thickening.'))
  it('has a title a section', () => {
    expect(toReportText(compose(say('The lungs are clear.', 'Impression. Normal.')))).toBe(
      'LUNGS AND AIRWAYS\nThe lungs are clear.\n\nIMPRESSION\nNormal.',
    )
  })
  it('is escaped as HTML', () => expect(toReportHtml(sentences)).toContain('&lt; 5 ml'))
  it('is empty for nothing', () => expect(toReportText([])).toBe(''))
})
