import { expect, it } from 'vitest'
import { NOT_LINKED } from '../domain/study/priorLink.ts'
import { selectMarkedPlaces } from './markedPlaces.ts'
import type { PriorBeside } from './priorState.ts'
import { createAppStore } from './store.ts'
import { NEW_STUDY } from './studyState.ts'

const measureAt = (z: number) => ({
  measure: { id: `m${z}`, kind: 'length', label: '', points: [[0, 0, z]] },
  values: [],
})

it('measures of a study beside are marked where the link lays them, and not while nothing ties both; a key image in its plane', () => {
  const store = createAppStore()
  const keyImages = { items: [{ id: 'k', note: 'apex', plane: 'axial', pointLpsMm: [1, 2, 3] }], unreadableCount: 0 }
  const put = (id: string, part: object) => store.putStudy(id, { ...NEW_STUDY, study: { id } as never, ...part })
  put('now', { keyImages })
  put('before', { measures: { ...NEW_STUDY.measures, items: [measureAt(30)] } })
  const prior = { ...NOT_LINKED, id: 'p', progress: null, outside: null, problem: null } as unknown as PriorBeside
  store.patch('desk', { readId: 'now', comparisonId: 'before', prior })
  const key = { id: 'k', kind: 'key', text: 'Key image: apex', pointLpsMm: [1, 2, 3], plane: 'axial' }
  expect(selectMarkedPlaces(store.get())).toEqual([key])
  store.patch('desk', { prior: { ...prior, lock: 'offset', offsetMm: [0, 0, 10] } })
  expect(selectMarkedPlaces(store.get())).toEqual([
    key,
    { id: 'm30', kind: 'prior', text: 'Beside: Length', pointLpsMm: [0, 0, 20] },
  ])
})
