import { expect, it } from 'vitest'
import { toStatement } from '../statements/statement.fixture.ts'
import { questionAbsent } from './questionAbsent.ts'

const FINDINGS = [
  { id: 'lung_nodule', label: 'Lung nodule', synonyms: ['pulmonary nodule'] },
  { id: 'lung_opacity', label: 'Lung opacity', synonyms: [] },
  { id: 'pleural_effusion', label: 'Pleural effusion', synonyms: ['effusion'] },
  { id: 'hiatal_hernia', label: 'Hiatal hernia', synonyms: [] },
]
const read = (findingId: string, transcript: string | null, status: 'present' | 'absent' = 'absent') =>
  questionAbsent([toStatement({ findingId, status })], transcript, FINDINGS)[0].status

it('calls a finding uncertain that is spelled out with no denying word near it', () => {
  expect(read('lung_opacity', 'impression cardiomegaly and right lower lobe opacity')).toBe('uncertain')
  expect(read('lung_nodule', 'there are two nodules in the left upper lobe')).toBe('uncertain')
  expect(
    read(
      'pleural_effusion',
      'no effusion on the left is seen and there is as before and in the same place on the right a large effusion',
    ),
  ).toBe('uncertain')
})

it('takes the denial of others for no denial of the one that was named', () => {
  expect(read('lung_nodule', 'six millimetre nodule and no other nodules')).toBe('uncertain')
})

it('takes two denials for none', () => {
  expect(read('pleural_effusion', 'the effusion has not resolved')).toBe('uncertain')
  expect(read('pleural_effusion', 'an effusion cannot be excluded')).toBe('uncertain')
  expect(read('pleural_effusion', "the effusion hasn't cleared")).toBe('uncertain')
  expect(read('pleural_effusion', 'an effusion has not been excluded')).toBe('uncertain')
  expect(read('pleural_effusion', 'the effusion has resolved')).toBe('absent')
})

it('leaves a denied finding absent, whether the denial stands before, behind or at the head of a list', () => {
  expect(read('pleural_effusion', 'there is no pleural effusion')).toBe('absent')
  expect(read('pleural_effusion', 'a pleural effusion is not seen')).toBe('absent')
  expect(read('hiatal_hernia', 'no pleural effusion pericardial effusion lymphadenopathy or hiatal hernia')).toBe(
    'absent',
  )
})

it('leaves what the transcript does not name, and what is present, as the encoder reads it', () => {
  expect(read('lung_nodule', 'the heart is enlarged')).toBe('absent')
  expect(read('lung_nodule', null)).toBe('absent')
  expect(read('unknown_finding', 'unknown finding')).toBe('absent')
  expect(read('lung_nodule', 'no nodule', 'present')).toBe('present')
})
