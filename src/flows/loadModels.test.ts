import { beforeEach, describe, expect, it } from 'vitest'
import { failure, ProblemError } from '../base/result.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import { Reading } from './reading.ts'
import { createTwoPacks, UTTERANCE } from './twoPacks.fixture.ts'

let parts: ReturnType<typeof createTwoPacks>
const model = () => parts.store.get().model
const said = () => selectRead(parts.store.get()).dictation.utterances[0]
const libraryCases = () => selectRead(parts.store.get()).similar.cases.map(({ id }) => id)

beforeEach(async () => {
  parts = createTwoPacks()
  await Promise.all([parts.reading.studies.openPhantom(1), parts.reading.loadModels()])
  parts.log.length = 0
})

describe('choosing another pack', () => {
  it('loads it, encodes the study again and lists its library', async () => {
    expect(libraryCases()).toEqual(['case of first'])
    await parts.reading.choosePack('second')
    expect(parts.log).toContain('load second')
    expect(parts.log.filter((line) => line.startsWith('encode'))).toEqual(['encode second'])
    expect(model()).toMatchObject({ packId: 'second', packChoice: 'second', phase: 'ready' })
    expect(selectRead(parts.store.get()).findings).toMatchObject({ phase: 'ready' })
    expect(libraryCases()).toEqual(['case of second'])
  })

  it('scores what was said again, without hearing it again, where the ears are the same', async () => {
    await parts.reading.dictation.hear(UTTERANCE)
    expect(said().statements).toHaveLength(18)
    parts.log.length = 0
    await parts.reading.choosePack('second')
    expect(parts.log.filter((line) => line.startsWith('hear'))).toEqual([])
    expect(said()).toMatchObject({ phase: 'ready', transcript: 'first', statements: [] })
  })

  it('hears again what was said where the ears are others', async () => {
    await parts.reading.dictation.hear(UTTERANCE)
    parts.world.manifests.second.speech!.encoder[0].sha256 = '0'.repeat(64)
    await parts.reading.choosePack('second')
    expect(said()).toMatchObject({ phase: 'ready', transcript: 'second' })
  })

  it('marks what was said where the pack has no ears, and hears it again with the next that has', async () => {
    await parts.reading.dictation.hear(UTTERANCE)
    delete parts.world.manifests.second.speech
    await parts.reading.choosePack('second')
    expect(said()).toMatchObject({ phase: 'failed', problem: { code: 'no-speech-model' }, statements: [] })
    expect(model().hasSpeech).toBe(false)
    expect(selectIsIdle(parts.store.get())).toBe(true)
    await parts.reading.choosePack('first')
    expect(said()).toMatchObject({ phase: 'ready', transcript: 'first', problem: null })
    expect(model().hasSpeech).toBe(true)
    expect(said().statements).toHaveLength(18)
  })

  it('takes the findings of the new pack, and asks it for none that it does not have', async () => {
    const { manifests } = parts.world
    const emphysema = manifests.second.findings.findIndex(({ id }) => id === 'emphysema')
    Object.assign(manifests.second.findings[emphysema], { id: 'rib_fracture', label: 'Broken rib' })
    await parts.reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
    await parts.reading.choosePack('second')
    expect(model().findings[emphysema]).toMatchObject({ id: 'rib_fracture', label: 'Broken rib', prevalence: 0.3 })
    const rows = selectRead(parts.store.get()).findings.rows
    expect(rows).toHaveLength(18)
    expect(rows.find(({ id }) => id === 'rib_fracture')).toMatchObject({
      label: 'Broken rib',
      seen: expect.any(String),
    })
    expect(rows.some(({ id }) => id === 'emphysema')).toBe(false)
    expect(parts.heats.at(-1)).toBeNull()
    expect(selectRead(parts.store.get()).similar).toMatchObject({ query: { kind: 'ct' }, problem: null })
    expect(libraryCases()).toEqual(['case of second'])
  })

  it('lays the heat of the same finding again, on the token grid of the new pack', async () => {
    await parts.reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
    expect(parts.heats.at(-1)).toEqual([4, 3, 2])
    await parts.reading.choosePack('second')
    expect(parts.heats.at(-1)).toEqual([2, 1, 4])
    expect(selectRead(parts.store.get()).heat).toEqual({ kind: 'finding', findingId: 'emphysema' })
  })

  it('does nothing where that pack is already in use', async () => {
    await parts.reading.choosePack('first')
    expect(parts.log).toEqual([])
  })

  it('shows no score of the old pack while the new one loads', async () => {
    let finish: (_: unknown) => void = () => undefined
    parts.world.loading = new Promise((resolve) => (finish = resolve))
    const choosing = parts.reading.choosePack('second')
    expect(selectRead(parts.store.get()).findings.rows.every((row) => row.probability === null)).toBe(true)
    expect(libraryCases()).toEqual([])
    expect(selectIsIdle(parts.store.get())).toBe(false)
    finish(undefined)
    await choosing
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })
})

describe('late answers', () => {
  it('of the old pack for the scan are dropped', async () => {
    let finish: (_: unknown) => void = () => undefined
    parts.world.encoding = new Promise((resolve) => (finish = resolve))
    const reading = parts.reading.studies.reopen('phantom-1')
    while (!parts.log.includes('encode first')) await new Promise((resolve) => setTimeout(resolve, 1))
    parts.world.encoding = Promise.resolve()
    await parts.reading.choosePack('second')
    const { rows } = selectRead(parts.store.get()).findings
    finish(undefined)
    await reading
    expect(selectRead(parts.store.get()).findings.rows).toBe(rows)
    expect(libraryCases()).toEqual(['case of second'])
  })

  it('of the old pack for an utterance are dropped, and the new pack hears it', async () => {
    let finish: (_: unknown) => void = () => undefined
    parts.world.hearing = new Promise((resolve) => (finish = resolve))
    const hearing = parts.reading.dictation.hear(UTTERANCE)
    while (!parts.log.includes('hear first')) await new Promise((resolve) => setTimeout(resolve, 1))
    parts.world.hearing = Promise.resolve()
    await parts.reading.choosePack('second')
    expect(said()).toMatchObject({ phase: 'ready', transcript: 'second', statements: [] })
    finish(undefined)
    await hearing
    expect(said()).toMatchObject({ transcript: 'second', statements: [] })
  })

  it('of a pack that was left while it loaded are dropped', async () => {
    let finish: (_: unknown) => void = () => undefined
    parts.world.loading = new Promise((resolve) => (finish = resolve))
    const second = parts.reading.choosePack('second')
    while (!parts.log.includes('load second')) await new Promise((resolve) => setTimeout(resolve, 1))
    parts.world.loading = Promise.resolve()
    const first = parts.reading.choosePack('first')
    finish(undefined)
    await Promise.all([first, second])
    expect(model()).toMatchObject({ packId: 'first', phase: 'ready' })
    expect(libraryCases()).toEqual(['case of first'])
  })
})

describe('a pack that cannot be loaded', () => {
  it('is named, leaves the scan to be read by eye, and the other pack usable', async () => {
    await parts.reading.dictation.hear(UTTERANCE)
    delete parts.world.manifests.second
    await parts.reading.choosePack('second')
    expect(model()).toMatchObject({ phase: 'failed', problem: { code: 'manifest-unreachable' } })
    expect(selectIsIdle(parts.store.get())).toBe(true)
    await parts.reading.choosePack('first')
    expect(model()).toMatchObject({ packId: 'first', phase: 'ready', problem: null })
    expect(libraryCases()).toEqual(['case of first'])
    expect(said().statements).toHaveLength(18)
  })

  it('fails what waits to be heard, instead of letting it wait for ever', async () => {
    delete parts.world.manifests.second
    const choosing = parts.reading.choosePack('second')
    await parts.reading.dictation.hear(UTTERANCE)
    await choosing
    expect(said()).toMatchObject({ phase: 'failed', problem: { code: 'speech-missing' } })
  })
})

describe('a pack whose speech encoder does not load', () => {
  it('still reads the scan, and the next pack settles the complaint', async () => {
    const load = parts.deps.speechEngine.load
    const problem = { code: 'model-missing', message: 'speech.onnx', nextStep: '' }
    parts.deps.speechEngine.load = () => Promise.reject(new ProblemError(problem))
    await parts.reading.choosePack('second')
    expect(model()).toMatchObject({ phase: 'ready', speechReady: false, speechEngine: null })
    expect(parts.store.get().microphone.problem).toEqual(problem)
    expect(libraryCases()).toEqual(['case of second'])
    parts.deps.speechEngine.load = load
    await parts.reading.choosePack('first')
    expect(model().speechReady).toBe(true)
    expect(parts.store.get().microphone.problem).toBeNull()
  })
})

describe('the list of packs', () => {
  it('may be missing: the default pack is used and the user is told', async () => {
    const { store, deps } = createTwoPacks()
    const problem = { code: 'packs-unreachable', message: 'no list', nextStep: '' }
    await new Reading({ ...deps, fetchPackList: async () => failure(problem) }).loadModels()
    expect(store.get().model).toMatchObject({ packId: 'first', phase: 'ready' })
    expect(store.get().notices.map((notice) => notice.told.code)).toEqual(['packs-unreachable'])
  })

  it('decides when the pack chosen last time is not offered any more', async () => {
    const { store, reading } = createTwoPacks()
    store.patch('model', { packChoice: 'gone' })
    await reading.loadModels()
    expect(store.get().model.packId).toBe('first')
  })
})

describe('a study that comes on screen while the models arrive is encoded once', () => {
  it('when they are there before its dictation is', async () => {
    const { reading, log, world, store } = createTwoPacks()
    let finish: (_: unknown) => void = () => undefined
    world.restoring = new Promise((resolve) => (finish = resolve))
    const opening = reading.studies.openPhantom(1)
    await reading.loadModels()
    expect(store.get().model.phase).toBe('ready')
    finish(undefined)
    await opening
    expect(log.filter((line) => line === 'encode first')).toHaveLength(1)
    expect(selectRead(store.get()).findings.rows.some((row) => row.probability !== null)).toBe(true)
  })

  it('whichever comes first', async () => {
    for (let round = 0; round < 20; round++) {
      const { reading, log, world } = createTwoPacks()
      world.loading = new Promise((resolve) => setTimeout(resolve, round / 4))
      await Promise.all([reading.studies.openPhantom(1), reading.loadModels()])
      expect(log.filter((line) => line === 'encode first')).toHaveLength(1)
    }
  })
})

describe('a study that was read', () => {
  it('keeps what was seen when another was looked at, and is read again when it is opened again', async () => {
    await parts.reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
    await parts.reading.studies.openPhantom(2)
    expect(selectRead(parts.store.get()).heat).toBeNull()
    parts.log.length = 0
    await parts.reading.studies.reopen('phantom-1')
    expect(parts.log).toEqual([])
    expect(selectRead(parts.store.get())).toMatchObject({
      heat: { findingId: 'emphysema' },
      findings: { phase: 'ready' },
    })
    expect(parts.heats.at(-1)).toEqual([4, 3, 2])
    await parts.reading.studies.openPhantom(1)
    expect(parts.log).toEqual(['encode first'])
    expect(selectRead(parts.store.get()).heat).toBeNull()
  })

  it('is read again for its heat where the encoder holds it no more', async () => {
    await parts.reading.studies.openPhantom(2)
    await parts.reading.studies.reopen('phantom-1')
    parts.log.length = 0
    parts.deps.ctEngine.heat = async () => {
      parts.deps.ctEngine.heat = async () => new Float32Array(24).fill(1)
      throw new ProblemError({ code: 'tokens-gone', message: '', nextStep: '' })
    }
    await parts.reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
    expect(parts.log).toEqual(['encode first'])
    expect(selectRead(parts.store.get()).heat).toEqual({ kind: 'finding', findingId: 'emphysema' })
    expect(parts.heats.at(-1)).toEqual([4, 3, 2])
  })
})
