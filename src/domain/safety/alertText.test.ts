import { expect, it } from 'vitest'
import type { Alert } from './alert.ts'
import { describeAlert, formatHeatPlace } from './alertText.ts'
import { heatAt, place } from './safety.fixture.ts'

const label = (id: string) => id.replace('_', ' ')
const heat = heatAt({ side: 'left', third: 'lower' })

it.each<[Alert, string]>([
  [
    { kind: 'unmentioned', id: 'a', worth: 1, findingId: 'pleural_effusion', probability: 0.999, heat },
    'pleural effusion: seen (> 99 %, left, lower third), not mentioned.',
  ],
  [
    { kind: 'unmentioned', id: 'b', worth: 1, findingId: 'cardiomegaly', probability: 0.8, heat },
    'cardiomegaly: seen (80 %), not mentioned.',
  ],
  [
    {
      kind: 'misplaced',
      id: 'c',
      worth: 1,
      findingId: 'lung_nodule',
      probability: 0.9,
      differs: 'side',
      said: [place('right', 'upper')],
      mentions: [],
      heat,
    },
    'lung nodule: said right upper, seen left, lower third (90 %).',
  ],
  [
    {
      kind: 'contradiction',
      about: 'sex',
      id: 'd',
      worth: 1,
      findingId: null,
      sex: 'M',
      words: [{ utteranceId: 'u', word: 'uterus', sex: 'F' }],
    },
    '“uterus”: the patient is a man by the headers.',
  ],
])('an alert is told in a sentence', (alert, text) => expect(describeAlert(alert, label)).toBe(text))

it('says nothing of the place of an organ that there is but one of', () => {
  expect(formatHeatPlace('cardiomegaly', heat)).toBe('')
  expect(formatHeatPlace('lung_opacity', heatAt({ side: null, third: null }))).toBe('')
})
