import { expect, it } from 'vitest'
import { FINDINGS } from '../../domain/findings/findings.fixture.ts'
import { toSortedFigure } from '../../domain/model/figureGroups.ts'
import type { ModelState } from '../../state/appState.ts'
import { INITIAL_STATE } from '../../state/initialState.ts'
import { isMatch } from '../text/isMatch.ts'
import { filterRows, toModelSections } from './modelSections.ts'

const figure = (name: string, split = 'internal test') =>
  toSortedFigure({ name, split, n: 1, value: 1, chance: 0, date: '', command: '' }, FINDINGS)

const MODEL: ModelState = {
  ...INITIAL_STATE.model,
  packs: ['a', 'b'].map((id) => ({ id, title: id, line: '' })),
  findings: FINDINGS,
  figures: [figure('CT zero-shot AUROC: Emphysema'), figure('Word error rate'), figure('CT F1', 'external test')],
  card: { description: '', trainedOn: 'phantoms', licence: 'MIT', intendedUse: '', citations: [], limits: [] },
}
const ids = (model: ModelState) => toModelSections(model).map(({ id }) => id)

it('has headings for what the pack has, and for nothing else', () => {
  expect(ids(INITIAL_STATE.model)).toEqual(['choice', 'engines'])
  expect(ids(MODEL)).toEqual(['about', 'choice', 'engines', 'ct-internal', 'ct-external', 'speech', 'sources'])
  const reliability = [{ meanProbability: 0.5, share: 0.5, n: 1 }]
  expect(ids({ ...MODEL, reliability })).toContain('calibration')
})

it('finds sections by their titles, figures, findings and texts', () => {
  const found = (query: string) =>
    toModelSections(MODEL)
      .filter(({ text }) => isMatch(text, query))
      .map(({ id }) => id)
  expect(found('')).toEqual(ids(MODEL))
  expect(found('emphysema')).toEqual(['ct-internal'])
  expect(found('error WORD')).toEqual(['speech'])
  expect(found('phantoms')).toEqual(['about'])
  expect(found('licence mit')).toEqual(['sources'])
})

it('keeps all rows of a section that is meant as a whole', () => {
  const rows = ['recall', 'precision']
  expect(filterRows(rows, String, 'Speech', 'speech')).toEqual(rows)
  expect(filterRows(rows, String, 'Speech', 'speech recall')).toEqual(['recall'])
})
