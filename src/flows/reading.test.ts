import { beforeEach, describe, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { StudySession } from '../session/studySession.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'

let parts: ReturnType<typeof createReading>
beforeEach(async () => {
  parts = createReading()
  await parts.reading.studies.openPhantom(1)
})

const read = () => selectRead(parts.store.get())
const ids = () => read().dictation.utterances.map((item) => item.id)
const idsOf = (studyId: string) => parts.store.get().studies[studyId].dictation.utterances.map((item) => item.id)
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a dictation', () => {
  it('keeps an utterance that no model can hear, with the reason', async () => {
    parts.store.patch('model', { phase: 'failed' })
    await parts.reading.dictation.hear(utteranceOf('a'))
    expect(read().dictation.utterances[0]).toMatchObject({ phase: 'failed', problem: { code: 'speech-missing' } })
    expect(parts.journal.kept.get('a')?.studyId).toBe('phantom-1')
  })

  it('holds an utterance spoken while the models load, without a complaint', async () => {
    parts.store.patch('model', { phase: 'working' })
    await parts.reading.dictation.hear(utteranceOf('a'))
    expect(read().dictation.utterances[0].phase).toBe('encoding')
    expect(parts.store.get().notices).toEqual([])
  })

  it('gives a deleted utterance back in its place, and to the journal', async () => {
    for (const id of ['a', 'b', 'c']) await parts.reading.dictation.hear(utteranceOf(id))
    parts.reading.dictation.remove('b')
    expect(ids()).toEqual(['a', 'c'])
    expect(parts.journal.kept.has('b')).toBe(false)
    parts.reading.dictation.undoRemove()
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(parts.journal.kept.has('b')).toBe(true)
  })

  it('belongs to its study: another study has its own, and it comes back with the first', async () => {
    await parts.reading.dictation.hear(utteranceOf('a'))
    await parts.reading.studies.openPhantom(2)
    expect(ids()).toEqual([])
    await parts.reading.studies.reopen('phantom-1')
    expect(ids()).toEqual(['a'])
  })

  it('takes an utterance that arrives late into the study that was read when it began', async () => {
    await parts.reading.studies.openPhantom(2)
    await parts.reading.dictation.hear(utteranceOf('late', 'phantom-1'))
    expect([ids(), idsOf('phantom-1')]).toEqual([[], ['late']])
    expect(parts.journal.kept.get('late')?.studyId).toBe('phantom-1')
  })

  it('survives a reload of the page', async () => {
    await parts.reading.dictation.hear(utteranceOf('a'))
    parts = createReading({}, parts.journal)
    await parts.reading.studies.openPhantom(1)
    expect(ids()).toEqual(['a'])
  })

  it('takes in what another tab has added once that tab has let the study go, each in its place', async () => {
    let study: StudySession | null = null
    parts = createReading({ onRead: (read) => (study = read) })
    const there = createReading({}, parts.journal)
    await Promise.all([parts, there].map(({ reading }) => reading.studies.openPhantom(1)))
    await parts.reading.dictation.hear(utteranceOf('a'))
    await there.reading.dictation.hear(utteranceOf('b'))
    await parts.reading.dictation.hear(utteranceOf('c'))
    expect(ids()).toEqual(['a', 'c'])
    for (const isElsewhere of [true, false]) parts.reading.dictation.setElsewhere(study!, isElsewhere)
    await settle()
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(read().dictation.isElsewhere).toBe(false)
  })

  it('is never thrown away for want of a study: the person is told', async () => {
    parts = createReading()
    await parts.reading.dictation.hear({ ...utteranceOf('a'), studyId: null })
    expect(parts.store.get().notices.map(({ told }) => told.code)).toEqual(['no-study-for-audio'])
  })
})

describe('a recording', () => {
  it('belongs to the study it was given to, however soon another is opened', async () => {
    let cut: (utterances: Utterance[]) => void = () => undefined
    const asked: string[] = []
    parts = createReading({
      cutFile(_file, studyId) {
        asked.push(studyId)
        return new Promise((resolve) => {
          cut = (utterances) => resolve(success(utterances))
        })
      },
    })
    await parts.reading.studies.openPhantom(1)
    const hearing = parts.reading.dictation.hearFile(new File([], 'long.wav'))
    await parts.reading.studies.openPhantom(2)
    cut(Array.from({ length: 21 }, (_, n) => utteranceOf(`u${n}`)))
    await hearing
    expect(asked).toEqual(['phantom-1'])
    expect(idsOf('phantom-1')).toHaveLength(21)
    expect(ids()).toEqual([])
    expect([...parts.journal.kept.values()].every(({ studyId }) => studyId === 'phantom-1')).toBe(true)
  })

  it('that is cancelled ends at once and leaves nothing behind', async () => {
    let signal: AbortSignal | null = null
    parts = createReading({
      cutFile: (_file, _studyId, options) =>
        new Promise((_, reject) => {
          signal = options.signal
          options.onProgress(0.5)
          options.signal.addEventListener('abort', () => reject(options.signal.reason))
        }),
    })
    await parts.reading.studies.openPhantom(1)
    const hearing = parts.reading.dictation.hearFile(new File([], 'long.wav'))
    await settle()
    expect(read().dictation.fileProgress).toEqual({ label: 'Listening to a recording', fraction: 0.5 })
    parts.reading.cancel()
    await hearing
    expect(signal!.aborted).toBe(true)
    expect(read().dictation).toMatchObject({ fileProgress: null, utterances: [] })
    expect(parts.store.get().notices).toEqual([])
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })

  it('that was dropped with a scan belongs to that scan', async () => {
    const asked: string[] = []
    parts = createReading({
      cutFile: async (file, studyId) => {
        asked.push(`${file.name} ${studyId}`)
        return success([])
      },
      source: {
        list: async () => ({
          series: [{ id: 's', title: 'Chest', chestScore: 9, format: 'dicom' } as never],
          problems: [],
        }),
        open: async () =>
          success({
            volume: { id: 'study-b', size: [1, 1, 1], spacingMm: [1, 1, 1], hu: new Int16Array(1) } as never,
            key: { id: 'study-b', content: 'c', legacyId: 'uid' },
            identity: null,
            notices: [],
          }),
      },
    })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.openFiles([new File([], 'scan')], [new File([], 'a.wav'), new File([], 'b.wav')])
    expect(asked).toEqual(['a.wav study-b', 'b.wav study-b'])
  })
})

describe('a change of study', () => {
  it('shows the study that was asked for last when an earlier one arrives late', async () => {
    const first = parts.reading.studies.openPhantom(2)
    const second = parts.reading.studies.openPhantom(3)
    await Promise.all([first, second])
    expect(read().study?.id).toBe('phantom-3')
  })

  it('changes title, findings and dictation in one step, in the moment of the new picture', async () => {
    let reveal = () => {}
    const told: unknown[] = []
    const viewer = {
      show: (_volume: unknown, onReveal?: () => void) =>
        new Promise<void>((resolve) => {
          reveal = () => {
            onReveal?.()
            resolve()
          }
        }),
      setHeat() {},
    }
    parts = createReading({ viewer: viewer as never, onRead: ({ id }) => told.push(id) })
    const first = parts.reading.studies.openPhantom(1)
    await settle()
    reveal()
    await first
    await parts.reading.dictation.hear(utteranceOf('a'))
    const before = parts.store.get().studies
    const second = parts.reading.studies.openPhantom(2)
    await settle()
    expect([read().study?.title, ids(), told]).toEqual(['Phantom 1', ['a'], ['phantom-1']])
    expect(parts.store.get().desk.phase).toBe('working')
    expect(parts.store.get().studies['phantom-1']).toBe(before['phantom-1'])
    const states: unknown[] = []
    parts.store.subscribe(() => states.push([read().study?.title, ids()]))
    reveal()
    await second
    const [ofSecond] = [JSON.stringify(['Phantom 2', []])]
    const ofFirst = JSON.stringify(['Phantom 1', ['a']])
    expect(
      states.map((state) => JSON.stringify(state)).filter((state) => state !== ofFirst && state !== ofSecond),
    ).toEqual([])
    expect([read().study?.title, ids(), told]).toEqual(['Phantom 2', [], ['phantom-1', 'phantom-2']])
  })

  it('that cannot be drawn brings the former study back, with its words', async () => {
    const shown: string[] = []
    const viewer = {
      show: async ({ id }: { id: string }, onReveal?: () => void) => {
        if (id === 'phantom-2') throw new Error('no texture')
        shown.push(id)
        onReveal?.()
      },
      setHeat() {},
    }
    parts = createReading({ viewer: viewer as never })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.dictation.hear(utteranceOf('a'))
    await parts.reading.studies.openPhantom(2)
    expect(shown).toEqual(['phantom-1', 'phantom-1'])
    expect([read().study?.id, ids()]).toEqual(['phantom-1', ['a']])
    expect(parts.store.get().notices.at(-1)?.told.message).toBe('no texture')
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })

  it('that is cancelled while it is drawn brings the former study back, and never shows the other', async () => {
    const shown: string[] = []
    let reveal: (() => void) | null = null
    const viewer = {
      async show({ id }: { id: string }, onReveal?: () => void) {
        shown.push(id)
        if (id === 'phantom-1') return onReveal?.()
        await new Promise<void>((resolve) => {
          reveal = resolve
        })
        // As the viewer does: a later wish overtakes.
        if (shown.at(-1) === id) onReveal?.()
      },
      setHeat() {},
    }
    parts = createReading({ viewer: viewer as never })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.dictation.hear(utteranceOf('a'))
    const opening = parts.reading.studies.openPhantom(2)
    await settle()
    expect(parts.store.get().desk.phase).toBe('working')
    parts.reading.cancel()
    reveal!()
    await opening
    expect(shown).toEqual(['phantom-1', 'phantom-2', 'phantom-1'])
    expect([read().study?.id, ids()]).toEqual(['phantom-1', ['a']])
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })

  it('to one whose voxels had to make room says so, and asks for its files', async () => {
    const key = { id: 'study-a', content: 'c', legacyId: 'nifti-a' }
    const volume = { id: 'study-a', size: [1, 1, 1], spacingMm: [1, 1, 1] } as never
    const series = [{ id: 'listed', title: 'A', chestScore: 1, format: 'nifti', kind: 'NIfTI', sliceCount: 1 } as never]
    const kept = new Map<string, never>()
    parts = createReading({
      volumes: {
        put: (id, value) => void kept.set(id, value as never),
        get: (id) => kept.get(id),
        has: (id) => kept.has(id),
        hold() {},
      },
      source: {
        list: async () => ({ series, problems: [] }),
        open: async () => success({ volume, key, identity: null, notices: [] }),
      },
    })
    await parts.reading.openFiles([new File([], 'a.nii')])
    await parts.reading.studies.openPhantom(1)
    kept.delete('study-a')
    await parts.reading.studies.reopen('study-a')
    const { desk, notices } = parts.store.get()
    expect([desk.readId, notices.at(-1)?.told.code]).toEqual(['phantom-1', 'study-out-of-memory'])
    expect(desk.known.map(({ id, opensBy }) => [id, opensBy])).toContainEqual(['study-a', 'files'])
  })

  it('that is cancelled leaves the former study, and nothing waits', async () => {
    parts = createReading({
      source: {
        list: (_files, options) =>
          new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))),
        open: () => Promise.reject(new Error('not reached')),
      },
    })
    await parts.reading.studies.openPhantom(1)
    const opening = parts.reading.openFiles([new File([], 'scan')])
    await settle()
    expect(parts.store.get().desk).toMatchObject({ phase: 'working', progress: { label: 'Reading headers' } })
    parts.reading.cancel()
    await opening
    expect(parts.store.get().desk).toMatchObject({ phase: 'ready', progress: null, readId: 'phantom-1' })
    expect(parts.store.get().notices).toEqual([])
  })
})
