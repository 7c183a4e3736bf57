import { expect, it } from 'vitest'
import { ProblemError } from '../base/result.ts'
import type { EngineInfo } from '../domain/model/engineInfo.ts'
import type { TranscriberEngine } from '../inference/engines.ts'
import { loadTranscriber } from './loadTranscriber.ts'
import { axisPack, createOneStudy } from './oneStudy.fixture.ts'

const INFO = { provider: 'wasm', variant: 'int8', threads: 2 } as EngineInfo

function setUp(load: TranscriberEngine['load']) {
  const loaded = axisPack()
  const manifest = { ...loaded.manifest, speech: { transcriber: {} } } as unknown as typeof loaded.manifest
  const one = createOneStudy({}, { ...loaded, manifest })
  const transcriber = { load, transcribe: async () => null, hearPart: async () => null, dispose() {}, wake() {} }
  const model = () => one.store.get().model
  return { ...one, model, run: () => loadTranscriber({ screen: one.store, transcriber }, one.pack, Promise.resolve()) }
}

it('tells how far it is, and that it is there', async () => {
  const seen: unknown[] = []
  const { model, run } = setUp(async (_, onProgress) => {
    onProgress('Loading the transcriber', 0.5)
    seen.push(model().transcriberPhase, model().transcriberProgress)
    return INFO
  })
  await run()
  expect(seen).toEqual(['working', { label: 'Loading the transcriber', fraction: 0.5 }])
  expect(model()).toMatchObject({ transcriberPhase: 'ready', transcriberEngine: INFO, transcriberProgress: null })
})

it('is idle on a machine that is too small', async () => {
  const { model, run, problems } = setUp(async () => null)
  await run()
  expect(model().transcriberPhase).toBe('idle')
  expect(problems()).toEqual([])
})

it('says once that it failed, and leaves the rest alone', async () => {
  const { model, run, problems } = setUp(() =>
    Promise.reject(new ProblemError({ code: 'model-missing', message: 'A file is missing.', nextStep: 'x' })),
  )
  const before = model()
  await run()
  expect(model()).toEqual({ ...before, transcriberPhase: 'failed' })
  expect(problems()).toMatchObject([{ code: 'model-missing', message: 'A file is missing.' }])
})

it('says nothing of a pack that is gone', async () => {
  const { pack, model, run, problems } = setUp(() => Promise.reject(new DOMException('', 'AbortError')))
  pack.end()
  await run()
  expect(model().transcriberPhase).toBe('working')
  expect(problems()).toEqual([])
})
