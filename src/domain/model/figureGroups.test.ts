import { expect, it } from 'vitest'
import { FINDINGS } from '../findings/findings.fixture.ts'
import { toSortedFigure } from './figureGroups.ts'
import type { Figure } from './manifestFigures.ts'

const figure = (name: string, more: Partial<Figure> = {}): Figure => ({
  name,
  split: 'internal test',
  n: 100,
  value: 0.9,
  chance: 0.5,
  date: '2026-01-01',
  command: 'x',
  ...more,
})

it('sorts figures by what their names say', () => {
  const groups = [
    'CT zero-shot AUROC, mean of 18 findings',
    'CT heat: peak inside the finding (pointing game)',
    "Guard: AUROC of the distance, phantoms against 'noise'",
    'Said present AUROC by margin, mean of 18 (clean)',
    'Similar patients: label overlap (Jaccard) at 5',
    'Spoken report → volume: Recall@5',
    'Present against absent AUROC by margin',
    'CT probabilities: expected calibration error (ECE)',
  ].map((name) => toSortedFigure(figure(name), FINDINGS).group)
  expect(groups).toEqual([
    'ct-internal',
    'grounding',
    'guard',
    'speech',
    'retrieval',
    'retrieval',
    'speech',
    'calibration',
  ])
})

it('tells the external test from the internal one by the split', () => {
  expect(toSortedFigure(figure('CT zero-shot AUROC', { split: 'external test, phantoms' }), FINDINGS).group).toBe(
    'ct-external',
  )
})

it('takes the finding off the end of a name', () => {
  expect(toSortedFigure(figure('CT zero-shot AUROC: Lung nodule'), FINDINGS)).toMatchObject({
    name: 'CT zero-shot AUROC',
    finding: 'lung_nodule',
  })
  expect(toSortedFigure(figure('CT heat: peak inside the finding'), FINDINGS).finding).toBeNull()
})

it('believes the manifest before the name', () => {
  const sorted = toSortedFigure(figure('F1', { group: 'speech', finding: 'emphysema' }), FINDINGS)
  expect(sorted).toMatchObject({ group: 'speech', finding: 'emphysema', name: 'F1' })
})

it('knows the labels of the pack, and no others', () => {
  const tiled = { id: 'tile', label: 'Tile of the pack' }
  expect(toSortedFigure(figure('AUROC: Tile of the pack'), [tiled])).toMatchObject({ name: 'AUROC', finding: 'tile' })
  expect(toSortedFigure(figure('AUROC: Lung nodule'), [tiled])).toMatchObject({
    name: 'AUROC: Lung nodule',
    finding: null,
  })
})
