import { beforeEach, expect, it } from 'vitest'
import type { CtEngine, CtInputSource, ReportProgress } from '../inference/engines.ts'
import { findSimilar } from './findSimilar.ts'
import { axis, axisPack, CHEST, createOneStudy } from './oneStudy.fixture.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'

const engineAnswering = (embedding: Float32Array, tokenMean: number[], before = () => {}) =>
  ({
    encode: async () => {
      before()
      return { embedding, tokenMean: Float32Array.from(tokenMean), encodeMs: 7 }
    },
  }) as unknown as CtEngine

const toCtInput = async () => ({
  data: new Float32Array(1),
  shape: [1, 1, 1] as const,
  isEmpty: false,
  originLpsMm: [0, 0, 0] as const,
  stepsLpsMm: [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ] as const,
})

let body = CHEST
let parts: ReturnType<typeof createOneStudy>
beforeEach(() => {
  parts = createOneStudy()
  body = CHEST
})

const findings = () => parts.study.state.findings
const read = (ctEngine: CtEngine, prepare: ReadVolumeDeps['toCtInput'] = toCtInput) =>
  readVolume({ screen: parts.store, ctEngine, toCtInput: prepare, seeBody: async () => body }, parts.pack, parts.study)

it('turns the embedding into calibrated findings and keeps them with the study', async () => {
  expect(await read(engineAnswering(axis('emphysema'), [0, 0]))).toBe(true)
  expect(parts.study.seen?.findings.find(({ id }) => id === 'emphysema')).toMatchObject({ margin: 2, seen: 'present' })
  expect(findings()).toMatchObject({ phase: 'ready', encodeMs: 7, outOfDistribution: null })
})

it('shows how far the preparation and the encoding are, and how long it will take', async () => {
  const told: unknown[] = []
  parts.store.subscribe(() => {
    const { progress } = findings()
    const step = progress && [progress.label, progress.fraction]
    if (step && JSON.stringify(step) !== JSON.stringify(told.at(-1))) told.push(step)
  })
  const ctEngine = {
    async encode(_id: string, _input: unknown, _signal: unknown, onProgress: ReportProgress) {
      onProgress('Encoding the scan', 0.4)
      return { embedding: axis('emphysema'), tokenMean: Float32Array.of(0, 0), encodeMs: 7 }
    },
  } as unknown as CtEngine
  await read(ctEngine, (_volume, _spec, _signal, onProgress) => {
    onProgress('Preparing the scan for the model', 0.5)
    return toCtInput()
  })
  expect(told).toEqual([
    ['Preparing the scan for the model', null],
    ['Preparing the scan for the model', 0.5],
    ['Encoding the scan', null],
    ['Encoding the scan', 0.4],
  ])
  expect(findings().progress).toBeNull()
})

it('prepares the input once more for an engine that lost it, and only then', async () => {
  let prepared = 0
  const ctEngine = {
    async encode(_id: string, input: CtInputSource) {
      await input()
      expect(prepared).toBe(1)
      expect((await input()).length).toBe(1)
      return { embedding: axis('emphysema'), tokenMean: Float32Array.of(0, 0), encodeMs: 7 }
    },
  } as unknown as CtEngine
  await read(ctEngine, async () => {
    prepared++
    return toCtInput()
  })
  expect(prepared).toBe(2)
  expect(findings().phase).toBe('ready')
})

it('does not read a scan in which the pack finds nothing but air', async () => {
  const asked: unknown[] = []
  const ctEngine = { encode: async (...given: unknown[]) => asked.push(given) } as unknown as CtEngine
  expect(await read(ctEngine, async () => ({ ...(await toCtInput()), isEmpty: true }))).toBe(false)
  expect(asked).toEqual([])
  expect(findings()).toMatchObject({ phase: 'unscored', problem: { code: 'air-unscored' }, progress: null })
  expect(parts.study.state.similar).toMatchObject({ cases: [], problem: { code: 'air-unscored' } })
})

it.each(['rest', 'pack'] as const)(
  'drops an answer that comes after the study was left or the pack changed (%s)',
  async (why) => {
    const ctEngine = engineAnswering(axis('emphysema'), [0, 0], () =>
      why === 'rest' ? parts.study.rest() : parts.pack.end(),
    )
    expect(await read(ctEngine)).toBe(false)
    expect(parts.study.seen).toBeNull()
    expect(findings().phase).toBe(why === 'rest' ? 'idle' : 'working')
  },
)

it('flags a scan whose mean token lies beyond the limit', async () => {
  await read(engineAnswering(axis('emphysema'), [3, 4]))
  expect(findings().outOfDistribution).toEqual([{ kind: 'distance', distance: 5, limit: 3 }])
})

it('names the cause when the encoder fails and leaves the study open', async () => {
  await read({ encode: () => Promise.reject(new Error('out of memory')) } as unknown as CtEngine)
  expect(findings().phase).toBe('failed')
  expect(parts.problems().map((problem) => problem.message)).toEqual(['out of memory'])
})

it('tells that missing slices are filled for the model, with their number, and scores the scan', async () => {
  parts.gap(1, 40)
  expect(await read(engineAnswering(axis('emphysema'), [0, 0]))).toBe(true)
  const notices = parts.store.get().notices.map(({ told }) => told)
  expect(notices.map(({ code }) => code)).toEqual(['missing-slices-filled'])
  expect(notices[0].message).toContain('1 of 40 slices is missing')
})

it('does not score a scan with more than 5 % of its slices missing, nor look for cases like it, and says why', async () => {
  parts.gap(3, 40)
  let calls = 0
  expect(await read(engineAnswering(axis('emphysema'), [0, 0], () => calls++))).toBe(false)
  expect(calls).toBe(0)
  expect(findings()).toMatchObject({ phase: 'unscored', problem: { code: 'too-much-missing' }, progress: null })
  expect(findings().rows.every(({ seen }) => seen === null)).toBe(true)
  expect(parts.study.state.similar).toMatchObject({ cases: [], problem: { code: 'too-much-missing' } })
  await findSimilar(parts.pack, parts.study, { kind: 'ct' })
  expect(parts.study.state.similar).toMatchObject({ cases: [], problem: { code: 'too-much-missing' } })
})

it('finds a file of a scanner foreign to a pack that knows phantoms alone, and a phantom not', async () => {
  const of = async (format: 'phantom' | 'dicom' | 'nifti') => {
    const pack = axisPack()
    parts = createOneStudy({ format }, { ...pack, guard: { ...pack.guard, knowsPhantomsOnly: true } })
    await read(engineAnswering(axis('emphysema'), [0, 0]))
    return findings().outOfDistribution
  }
  expect(await of('phantom')).toBeNull()
  expect(await of('dicom')).toEqual([{ kind: 'scanner' }])
  expect(await of('nifti')).toEqual([{ kind: 'scanner' }])
})

it('finds a scan without lungs foreign to a pack that has no statistics', async () => {
  const pack = axisPack()
  parts = createOneStudy({}, { ...pack, guard: { ...pack.guard, distribution: null } })
  body = { ...CHEST, lungs: { ...CHEST.lungs, litres: 0.12 } }
  await read(engineAnswering(axis('emphysema'), [30, 40]))
  expect(findings().outOfDistribution).toEqual([{ kind: 'no-chest', why: expect.stringContaining('0.12 l of air') }])
})
