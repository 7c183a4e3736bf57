import { expect, test } from 'vitest'
import type { Vec3 } from '../domain/volume/volume.ts'
import { goBackToSpeech } from './goBackToSpeech.ts'
import { createOneStudy } from './oneStudy.fixture.ts'

const POINT: Vec3 = [1, 2, 3]

function setUp(place: object | null) {
  const { store, study } = createOneStudy()
  study.show('dictation', { utterances: [{ id: 'u', place, statements: [] } as never] })
  const shown: Vec3[] = []
  const viewer = { setCrosshair: (point: Vec3) => shown.push(point), setHeat: () => undefined }
  return { study, shown, goBack: () => goBackToSpeech({ screen: store, viewer: viewer as never }, study, 'u') }
}

test('an utterance brings the views back to where it began, once; chosen again it is the model’s turn', () => {
  const { study, shown, goBack } = setUp({ orientation: 'axial', sliceNumber: 4, pointLpsMm: POINT })
  expect([goBack(), goBack()]).toEqual([true, false])
  expect(shown).toEqual([POINT])
  study.shownSpeechOf = null
  expect(goBack()).toBe(true)
})

test('what was spoken of another study, or nowhere, has no place here', () => {
  expect(setUp({ orientation: 'axial', sliceNumber: 4, pointLpsMm: POINT, studyId: 'case' }).goBack()).toBe(false)
  expect(setUp(null).goBack()).toBe(false)
})
