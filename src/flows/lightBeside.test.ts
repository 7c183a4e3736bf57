import { beforeEach, expect, it } from 'vitest'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import { StudySession } from '../session/studySession.ts'
import { createAppStore } from '../state/store.ts'
import { type LightBesideDeps, lightBeside } from './lightBeside.ts'

const store = createAppStore()
const pack = {
  pack: {
    manifest: {
      ct: { tokenGrid: [2, 1, 1] },
      promptKind: { ct: 'ct' },
      findings: [{ id: 'nodule' }],
      embedding: { logitScale: 1 },
    },
    prompts: null,
  },
  own: { findings: [] },
} as unknown as PackSession

let calls: unknown[][]
let deps: LightBesideDeps
let study: StudySession
let beside: StudySession
const signal = new AbortController().signal

const STEPS = {
  originLpsMm: [0, 0, 10],
  stepsLpsMm: [
    [0, 0, 40],
    [0, 1, 0],
    [1, 0, 0],
  ],
}
const read = (id: string) => {
  const session = new StudySession(store, { id } as never, () => undefined)
  session.seen = {
    by: pack,
    placement: STEPS,
    embedding: Float32Array.of(1, 0),
    findings: [],
    shares: null,
    places: new Map(),
  } as never
  return session
}

beforeEach(() => {
  store.setState({ studies: {} })
  calls = []
  study = read('study')
  beside = read('beside')
  deps = {
    screen: store,
    ctEngine: { heat: async () => Float32Array.of(0.1, 0.9) },
    comparisonViewer: {
      setHeat: (heat: unknown) => calls.push(['heat', heat !== null]),
      setCrosshair: (point: unknown) => calls.push(['crosshair', point]),
    },
  } as unknown as LightBesideDeps
})

const desk = () => ({ read: study, beside }) as unknown as Desk

it('opens the case at its own peak of what the list was searched by, without heat where nothing lights the study', async () => {
  expect(await lightBeside(deps, desk(), pack, { signal, isOpened: true })).toBeNull()
  expect(calls).toEqual([
    ['heat', false],
    ['crosshair', [0, 0, 50]],
  ])
})

it('takes the heat away with that of the study, and leaves the reader where he is', async () => {
  await lightBeside(deps, desk(), pack, { signal, isOpened: false })
  expect(calls).toEqual([['heat', false]])
})

it('shows nothing of a scan that the scores do not apply to, of the study or of the case', async () => {
  for (const session of [study, beside]) {
    session.show('findings', { outOfDistribution: [] })
    await lightBeside(deps, desk(), pack, { signal, isOpened: true })
    session.show('findings', { outOfDistribution: null })
  }
  expect(calls).toEqual([
    ['heat', false],
    ['heat', false],
  ])
})

it('reads no second scan unasked where a model takes more than half a minute for one', async () => {
  study.show('findings', { encodeMs: 31_000 })
  await lightBeside(deps, desk(), pack, { signal, isOpened: true })
  expect(calls).toEqual([['heat', false]])
})
