import { beforeEach, expect, it } from 'vitest'
import { ProblemError } from '../base/result.ts'
import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import type { LibraryCase, Manifest } from '../domain/model/manifest.ts'
import { PackSession } from '../session/packSession.ts'
import { findSimilar } from './findSimilar.ts'
import { axis, axisPack, createOneStudy, libraryOf } from './oneStudy.fixture.ts'

let parts: ReturnType<typeof createOneStudy>
beforeEach(() => {
  parts = createOneStudy()
})

const similar = () => parts.study.state.similar

it('ranks the library for a finding and names its labels', async () => {
  await findSimilar(parts.pack, parts.study, { kind: 'finding', findingId: 'emphysema' })
  expect(similar().queryLabel).toBe('Emphysema')
  expect(similar().cases).toMatchObject([
    { id: 'b', title: 'Emphysema', cosine: 1, labels: ['emphysema'], canOpen: false, path: null },
    { id: 'a', title: 'Effusion', cosine: 0, labels: ['pleural_effusion'], canOpen: false, path: null },
  ])
})

it('says of a finding that another pack was asked for that this one does not have it', async () => {
  await findSimilar(parts.pack, parts.study, { kind: 'finding', findingId: 'rib_fracture' })
  expect(similar()).toMatchObject({ queryLabel: 'Rib fracture', cases: [], isSearching: false })
  expect(similar().problem?.message).toBe('Rib fracture is not among the findings of this model.')
})

it('is empty while the scan has not been encoded', async () => {
  await findSimilar(parts.pack, parts.study, { kind: 'ct' })
  expect(similar().cases).toEqual([])
})

const FILE_CASES: LibraryCase[] = [
  { id: 'a', title: 'Here', open: { kind: 'file', path: 'train/a.nii.gz' }, scan: '1' },
  { id: 'b', title: 'The same scan', scan: '1' },
  { id: 'c', title: 'Elsewhere' },
]

const packOf = (part: Partial<Manifest['library']>, library: CaseLibrary): PackSession => {
  const pack = axisPack()
  const manifest = { ...pack.manifest, library: { ...pack.manifest.library, ...part } }
  return new PackSession({ ...pack, library, manifest })
}

it('says which cases can be opened and where the others lie, and gives unknown labels as unknown', async () => {
  const embeddings = Float32Array.from([...axis('emphysema'), ...axis('emphysema'), ...axis('cardiomegaly')])
  const library = libraryOf(FILE_CASES, embeddings)
  await findSimilar(packOf({}, library), parts.study, { kind: 'finding', findingId: 'emphysema' })
  expect(similar().cases).toMatchObject([
    { id: 'a', labels: null, canOpen: false, path: 'train/a.nii.gz' },
    { id: 'c', labels: null, canOpen: false, path: null },
  ])
  const served = packOf({ volumesUrl: 'volumes/' }, library)
  await findSimilar(served, parts.study, { kind: 'finding', findingId: 'emphysema' })
  expect(similar().cases[0]).toMatchObject({ id: 'a', canOpen: true })
})

it('tells what a library does not know of a case from what the case does not have', async () => {
  const labels = FINDING_IDS.map((id) => (id === 'emphysema' ? 1 : id === 'cardiomegaly' ? 0 : null))
  const library = libraryOf([{ id: 'a', title: 'Half known', labels }], Float32Array.from(axis('emphysema')))
  await findSimilar(packOf({}, library), parts.study, { kind: 'finding', findingId: 'emphysema' })
  const [{ labels: present, unlabelled }] = similar().cases
  expect(present).toEqual(['emphysema'])
  expect(unlabelled).toEqual(FINDING_IDS.filter((id) => id !== 'emphysema' && id !== 'cardiomegaly'))
})

it('leaves the scan out of its own answer', async () => {
  parts = createOneStudy({ format: 'nifti', title: 'a.nii.gz' })
  parts.see(axis('emphysema'))
  const embeddings = Float32Array.from([...axis('emphysema'), ...axis('emphysema'), ...axis('cardiomegaly')])
  await findSimilar(packOf({}, libraryOf(FILE_CASES, embeddings)), parts.study, { kind: 'ct' })
  expect(similar().cases.map(({ id }) => id)).toEqual(['c'])
})

it('drops an answer that comes when something else is asked for', async () => {
  let answer: (ranked: never) => void = () => undefined
  const slow = {
    ...libraryOf([], new Float32Array(0)),
    rank: () => new Promise<never>((resolve) => (answer = resolve)),
  }
  const query = { kind: 'finding', findingId: 'emphysema' } as const
  const first = findSimilar(packOf({}, slow), parts.study, query)
  expect(similar().isSearching).toBe(true)
  await findSimilar(parts.pack, parts.study, { kind: 'finding', findingId: 'pleural_effusion' })
  answer({ cases: [], size: 0, chanceCosine: 0, filteredOut: 0 } as never)
  await first
  expect(similar().cases).toHaveLength(2)
  expect(similar()).toMatchObject({ queryLabel: 'Pleural effusion', isSearching: false })
})

it('says why the library cannot be searched', async () => {
  const problem = { code: 'model-missing', message: 'library.f32 is not on the server.', nextStep: 'Copy it.' }
  const broken: CaseLibrary = {
    ...libraryOf([], new Float32Array(0)),
    rank: () => Promise.reject(new ProblemError(problem)),
  }
  await findSimilar(packOf({}, broken), parts.study, { kind: 'finding', findingId: 'emphysema' })
  expect(similar()).toMatchObject({ cases: [], isSearching: false, problem })
})
