import { beforeEach, expect, it, vi } from 'vitest'
import type { LibraryCase } from '../domain/model/manifest.ts'
import { selectComparison, selectRead } from '../state/selectors.ts'
import { Reading } from './reading.ts'
import { createTwoPacks, UTTERANCE } from './twoPacks.fixture.ts'

const CASE = 'case of first'
let parts: ReturnType<typeof createTwoPacks>
let reading: Reading
const desk = () => parts.store.get().desk
const beside = () => selectComparison(parts.store.get())
const isKnown = (id: string) => id in parts.store.get().studies

/** A reading of phantom 1 whose library holds one case. */
async function begin(open: LibraryCase['open'], change: (deps: typeof parts.deps) => object = () => ({})) {
  parts = createTwoPacks()
  parts.world.manifests.first.library = {
    ...parts.world.manifests.first.library,
    volumesUrl: 'volumes/',
    cases: [{ id: CASE, title: 'A case like it', open }],
  }
  reading = new Reading({ ...parts.deps, ...change(parts.deps) })
  await Promise.all([reading.studies.openPhantom(1), reading.loadModels()])
}

beforeEach(() => begin({ kind: 'phantom', seed: 7 }))

it('a case lies beside the study for which it was found, and goes with it', async () => {
  await reading.questions.openSimilarCase(CASE)
  expect([beside()?.id, desk().comparisonCaseId]).toEqual(['phantom-7', CASE])
  await reading.studies.openPhantom(2)
  expect([selectRead(parts.store.get()).study?.id, beside(), desk().comparisonPhase]).toEqual([
    'phantom-2',
    null,
    'idle',
  ])
  expect(isKnown('phantom-7')).toBe(false)
})

it('a case on its way does not come beside another study', async () => {
  const comparing = reading.questions.openSimilarCase(CASE)
  await Promise.all([reading.studies.openPhantom(2), comparing])
  expect([beside(), desk().comparisonPhase, desk().openingCaseId]).toEqual([null, 'idle', null])
})

it('a case that is the study being read keeps its title and what was said, also when it is closed', async () => {
  await begin({ kind: 'phantom', seed: 1 }, ({ phantoms }) => ({
    phantoms: {
      renderPhantom: async (seed: number) => ({ ...(await phantoms.renderPhantom(seed, NEVER)), title: 'Own' }),
    },
  }))
  await reading.dictation.hear(UTTERANCE)
  await vi.waitFor(() => expect(selectRead(parts.store.get()).similar.cases).toHaveLength(1))
  await reading.questions.openSimilarCase(CASE)
  expect([desk().readId, desk().comparisonId]).toEqual(['phantom-1', 'phantom-1'])
  reading.questions.closeComparison()
  expect(selectRead(parts.store.get())).toMatchObject({
    study: { title: 'Own' },
    dictation: { utterances: [{ id: 'u' }] },
  })
})

it('a case that was read in this visit is still open when it is closed beside another', async () => {
  await reading.studies.openPhantom(7)
  await reading.studies.openPhantom(1)
  await reading.questions.openSimilarCase(CASE)
  expect(beside()?.id).toBe('phantom-7')
  reading.questions.closeComparison()
  expect(isKnown('phantom-7')).toBe(true)
})

it('a case with the IDs of the study being read and other images is another study', async () => {
  const volume = { id: 'phantom-1', hu: new Int16Array(1), size: [1, 1, 1], spacingMm: [1, 1, 1] }
  const key = { id: 'phantom-1', content: 'other'.repeat(8), legacyId: 'nifti-x' }
  await begin({ kind: 'file', path: 'a.nii' }, ({ archive }) => ({
    siteUrl: 'https://hospital.example/',
    fetchVolume: async () => new File([], 'a.nii'),
    source: {
      list: async () => ({ series: [{ id: 'listed', chestScore: 1, format: 'dicom' }], problems: [] }),
      open: async () => ({ ok: true, value: { volume, key, identity: null, notices: [] } }),
    },
    archive: { ...archive, find: async (id: string) => (id === 'phantom-1' ? { id, content: 'own' } : null) },
  }))
  await reading.questions.openSimilarCase(CASE)
  expect(beside()).toMatchObject({ title: 'A case like it', id: expect.stringMatching(/^phantom-1-other/) })
  expect([desk().readId, selectRead(parts.store.get()).study?.title]).toEqual(['phantom-1', ''])
})

const NEVER = new AbortController().signal
