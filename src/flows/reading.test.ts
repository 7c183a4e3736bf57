import { beforeEach, describe, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { StudySession } from '../session/studySession.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'

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
    parts.reading.corrections.remove('b')
    expect(ids()).toEqual(['a', 'c'])
    expect(parts.journal.kept.has('b')).toBe(false)
    parts.reading.history.undo()
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
            volume: {
              id: 'study-b',
              size: [3, 3, 3],
              spacingMm: [1, 1, 1],
              hu: new Int16Array(27),
              missing: [],
            } as never,
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

describe('what a later visit is told', () => {
  it('is the title of a study only while words wait under it: it may name the patient', async () => {
    const noted: [string, string][] = []
    const note = async ({ id, title }: { id: string; title: string }) => void noted.push([id, title])
    parts = createReading({ archive: { ...NO_ARCHIVE, note } })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.dictation.hear(utteranceOf('a'))
    await parts.reading.dictation.hear(utteranceOf('b'))
    parts.reading.corrections.remove('a')
    parts.reading.corrections.remove('b')
    expect(noted).toEqual([
      ['phantom-1', ''],
      ['phantom-1', 'Phantom 1'],
      ['phantom-1', ''],
    ])
  })

  it('is nothing of a study that was given up before it was seen', async () => {
    const opening = parts.reading.studies.openPhantom(2)
    parts.reading.cancel()
    await opening
    const [second, third] = [parts.reading.studies.openPhantom(3), parts.reading.studies.openPhantom(4)]
    await Promise.all([second, third])
    expect(Object.keys(parts.store.get().studies).sort()).toEqual(['phantom-1', 'phantom-4'])
  })
})
