import { expect, test, vi } from 'vitest'
import type { LibraryCase, Manifest } from '../domain/model/manifest.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { type OpenCaseDeps, openCase, toVolumeUrl } from './openCase.ts'

const NEVER = new AbortController().signal
const VOLUME = { id: 'study-a', size: [4, 4, 4], spacingMm: [1, 1, 1] }
const LOADED = {
  volume: VOLUME as never,
  key: { id: 'study-a', content: 'c', legacyId: 'nifti-a' },
  identity: null,
  notices: [],
}

const packAt = (volumesUrl?: string) => ({ manifest: { library: { volumesUrl } as Manifest['library'] } }) as LoadedPack

function setUp(part: Partial<OpenCaseDeps> = {}): OpenCaseDeps {
  return {
    siteUrl: 'https://hospital.example/voxct/',
    fetchVolume: vi.fn(async (_url: string, path: string) => new File(['bytes'], path.split('/').at(-1) ?? '')),
    phantoms: {
      renderPhantom: async (seed) => ({
        volume: { ...VOLUME, id: `phantom-${seed}` } as never,
        title: '',
        description: 'Drawn',
      }),
    },
    source: {
      list: async ([file]) => ({
        series: [{ id: file.name, chestScore: 60, format: 'nifti' } as never],
        problems: [],
      }),
      open: async () => ({ ok: true, value: LOADED }),
    },
    ...part,
  }
}

const fileCase: LibraryCase = { id: 'a', title: 'Case A', open: { kind: 'file', path: 'train/a b/scan#1.nii.gz' } }

test('a case of the archive is fetched from the folder of volumes and opened as any file is', async () => {
  const deps = setUp()
  const { study, volume } = await openCase(deps, packAt('archive/'), fileCase, NEVER)
  const url = 'https://hospital.example/voxct/archive/train/a%20b/scan%231.nii.gz'
  expect(deps.fetchVolume).toHaveBeenCalledWith(url, 'train/a b/scan#1.nii.gz', NEVER)
  expect(study).toMatchObject({ title: 'Case A', format: 'nifti', origin: 'train/a b/scan#1.nii.gz' })
  expect([volume.id, study.id, study.content]).toEqual(['study-a', 'study-a', 'c'])
})

test('no path leads out of the folder of volumes', () => {
  const site = 'https://hospital.example/voxct/'
  expect(toVolumeUrl(site, '/archive/', 'a.nii.gz')).toBe('https://hospital.example/archive/a.nii.gz')
  for (const path of ['../secret.nii.gz', 'x/../../secret', '..'])
    expect(() => toVolumeUrl(site, 'archive/', path)).toThrow('does not lie in')
  expect(toVolumeUrl(site, 'archive/', 'https://elsewhere.example/a')).toContain('/voxct/archive/https%3A')
})

test('a case that cannot be reached says where it lies', async () => {
  await expect(openCase(setUp(), packAt(), fileCase, NEVER)).rejects.toMatchObject({
    problem: { code: 'case-not-openable', message: expect.stringContaining('train/a b/scan#1.nii.gz') },
  })
  await expect(openCase(setUp(), packAt(), { id: 'b', title: 'Case B' }, NEVER)).rejects.toThrow('Case B lies')
})

test('a file that is no CT is refused with the reader’s own words', async () => {
  const problem = { code: 'not-ct', message: 'scan is an MR series.', nextStep: 'Open a CT.' }
  const source = { ...setUp().source, list: async () => ({ series: [], problems: [problem] }) }
  await expect(openCase(setUp({ source }), packAt('archive/'), fileCase, NEVER)).rejects.toMatchObject({ problem })
})

test('a phantom is made from its seed', async () => {
  const { study } = await openCase(
    setUp(),
    packAt(),
    { id: 'p', title: 'P', open: { kind: 'phantom', seed: 5 } },
    NEVER,
  )
  expect(study).toMatchObject({ id: 'phantom-5', title: 'P', groundTruth: 'Drawn' })
})
