import { beforeEach, expect, it } from 'vitest'
import { failure, type Result, success } from '../base/result.ts'
import type { Registration } from '../domain/registration/registerLungs.ts'
import type { StudyIdentity } from '../domain/study/studyIdentity.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { selectComparisons, selectPrior } from '../state/comparisonSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { KeptPrior } from '../storage/priorShelf.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'
import type { ReadingDeps } from './reading.ts'

const WHO = { patientId: 'P-17', patientName: 'Doe, Jane', birthDate: '19600504', sex: 'F', studyTime: null } as const
const identityOf = (studyUid: string, studyDate: string, part: Partial<StudyIdentity> = {}) =>
  ({ ...WHO, studyUid, studyDate, ...part }) as StudyIdentity

const IDENTITIES: Readonly<Record<string, StudyIdentity>> = {
  new: identityOf('1', '20241012'),
  old: identityOf('2', '20240312'),
  stranger: identityOf('3', '20240401', { patientId: 'P-18' }),
}
/** The older study is the better chest. */
const SERIES = Object.entries(IDENTITIES).map(([id, identity]) => ({
  ...{ id, identity, title: id, format: 'dicom', kind: 'CT', sliceCount: 9, spacingMm: [1, 1, 1], size: [3, 3, 3] },
  ...{ kernel: null, chestScore: id === 'old' ? 80 : 60, reason: '' },
}))

const volumeOf = (id: string) => ({ id, hu: new Int16Array(27), missing: [], size: [3, 3, 3], spacingMm: [1, 1, 1] })

const REGISTRATION: Registration = {
  currentToPrior: [1, 0, 0, 6, 0, 1, 0, 0, 0, 0, 1, 18, 0, 0, 0, 1],
  priorToCurrent: [1, 0, 0, -6, 0, 1, 0, 0, 0, 0, 1, -18, 0, 0, 0, 1],
  overlap: 0.97,
}
const MISFIT = { code: 'lungs-do-not-fit', message: 'They do not fit.', nextStep: 'Lock by an offset.' }

function setUp(registered: Result<Registration> = success(REGISTRATION)) {
  const kept = new Map<string, KeptPrior>()
  const crosshairs: Record<'current' | 'comparison', Vec3> = { current: [1, 2, 3], comparison: [0, 0, 30] }
  const moves: [string, Vec3][] = []
  const viewerOf = (name: string) => ({
    show: async (_: unknown, onReveal?: () => void) => onReveal?.(),
    ...{ setHeat() {}, setCrosshair() {}, clear() {} },
    followPoint(point: Vec3) {
      moves.push([name, point])
      return point[2] < 1000
    },
  })
  const parts = createReading({
    viewer: viewerOf('current'),
    comparisonViewer: viewerOf('comparison'),
    source: {
      list: async () => ({ series: [...SERIES].sort((a, b) => b.chestScore - a.chestScore), problems: [] }),
      open: async (id: string) => {
        const key = { id: `study-${id}`, content: id, legacyId: id }
        return success({ volume: volumeOf(key.id), key, identity: IDENTITIES[id], notices: [] })
      },
    },
    priorShelf: {
      find: async (id: string) => kept.get(id) ?? null,
      keep: async (id: string, prior: KeptPrior) => void kept.set(id, prior),
      forget: async (id: string) => void kept.delete(id),
    },
    registerLungs: async () => registered,
    comparisons: () => selectComparisons(parts.store.get()),
    crosshairs: () => crosshairs,
  } as unknown as Partial<ReadingDeps>)
  return { ...parts, kept, crosshairs, moves, desk: () => parts.store.get().desk }
}

let parts: ReturnType<typeof setUp>
const open = (given = setUp()) => {
  parts = given
  return parts.reading.openFiles([new File([], 'both')])
}

beforeEach(() => open())

it('reads the newer study of a drop, and offers the older one of the same patient alone', () => {
  const state = parts.store.get()
  expect(selectRead(state).study?.id).toBe('study-new')
  expect(selectPrior(state)?.series.map(({ id }) => id)).toEqual(['old'])
  expect(selectComparisons(state).map(({ series, kinship }) => [series[0].id, kinship])).toEqual([
    ['old', 'same'],
    ['stranger', 'other'],
  ])
})

it('lays it beside with what it is, and another patient’s study with what it is not', async () => {
  await parts.reading.priors.open('old')
  expect(parts.desk()).toMatchObject({ comparisonId: 'study-old', comparisonCaseId: null })
  expect(parts.desk().prior).toMatchObject({ kinship: 'same', order: 'earlier', days: 214, lock: 'none' })
  await parts.reading.priors.open('stranger')
  expect(parts.desk()).toMatchObject({ comparisonId: 'study-stranger', prior: { kinship: 'other' } })
})

it('what is said while it lies beside belongs to the study being read, and its findings stay its own', async () => {
  await parts.reading.priors.open('old')
  await parts.reading.dictation.hear(utteranceOf('a', 'study-new'))
  const { studies } = parts.store.get()
  expect(studies['study-new'].dictation.utterances.map(({ id }) => id)).toEqual(['a'])
  expect(studies['study-old'].dictation.utterances).toEqual([])
  parts.reading.priors.close()
  expect(parts.store.get().studies['study-old']).toBeUndefined()
  expect(selectRead(parts.store.get()).dictation.utterances).toHaveLength(1)
})

it('locks both as they stand, and unlocks them', async () => {
  await parts.reading.priors.open('old')
  parts.reading.priors.lock()
  expect(parts.desk().prior).toMatchObject({ lock: 'offset', offsetMm: [-1, -2, 27] })
  parts.reading.priors.unlock()
  expect(parts.desk().prior?.lock).toBe('none')
  expect(parts.store.get().view.isScrollLinked).toBe(false)
})

it('registers by the lungs, goes to the same place in either, and computes that once', async () => {
  await parts.reading.priors.open('old')
  expect(await parts.reading.priors.register()).toBe(true)
  expect(parts.desk().prior).toMatchObject({ lock: 'registered', registration: { overlap: 0.97 }, progress: null })
  expect(parts.moves.at(-1)).toEqual(['comparison', [7, 2, 21]])
  parts.crosshairs.comparison = [6, 0, 20]
  await parts.reading.priors.goToSamePlace('comparison')
  expect(parts.moves.at(-1)).toEqual(['current', [0, 0, 2]])
})

it('says which study does not show the place that the other was brought to', async () => {
  await parts.reading.priors.open('old')
  await parts.reading.priors.register()
  expect(parts.desk().prior?.outside).toBeNull()
  parts.crosshairs.current = [0, 0, 990]
  await parts.reading.priors.goToSamePlace('current')
  expect(parts.desk().prior?.outside).toBe('comparison')
})

it('says why it cannot be registered, and an offset still locks', async () => {
  await open(setUp(failure(MISFIT)))
  await parts.reading.priors.open('old')
  expect(await parts.reading.priors.register()).toBe(false)
  expect(parts.desk().prior).toMatchObject({ lock: 'none', problem: 'They do not fit.', progress: null })
  expect(parts.store.get().notices.map(({ told }) => told.code)).toEqual(['lungs-do-not-fit'])
  parts.reading.priors.lock()
  expect(parts.desk().prior?.lock).toBe('offset')
})

it('a registration that is given up changes nothing', async () => {
  await parts.reading.priors.open('old')
  const registering = parts.reading.priors.register()
  parts.reading.cancel()
  expect(await registering).toBe(false)
  expect(parts.desk().prior).toMatchObject({ lock: 'none', registration: null, progress: null, problem: null })
})

it('comes back, tied as it was, when the study is read again, and not once it was closed', async () => {
  await parts.reading.priors.open('old')
  await parts.reading.priors.register()
  await parts.reading.studies.openPhantom(1)
  expect(parts.desk()).toMatchObject({ comparisonId: null, prior: null, series: [] })
  await parts.reading.studies.reopen('study-new')
  await settle()
  expect(parts.desk()).toMatchObject({ comparisonId: 'study-old', prior: { lock: 'registered' } })
  expect(parts.desk().series.map(({ id }) => id)).toContain('new')
  parts.reading.priors.close()
  await parts.reading.studies.openPhantom(1)
  await parts.reading.studies.reopen('study-new')
  await settle()
  expect(parts.desk().comparisonId).toBeNull()
})

it('says that what lay beside needs its files, where they are not here', async () => {
  await open()
  parts.kept.set('study-new', { id: 'gone', lock: 'none', offsetMm: null, registration: null })
  await parts.reading.studies.openPhantom(1)
  await parts.reading.studies.reopen('study-new')
  await settle()
  expect(parts.store.get().notices.map(({ told }) => told.code)).toEqual(['prior-not-here'])
})

/** What is begun and not awaited comes to its end. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
