import { beforeEach, describe, expect, it } from 'vitest'
import type { CapturedStretch } from '../domain/speech/captured.ts'
import type { Journal } from '../storage/journal.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'
import { toDictationJournal } from './dictationJournal.ts'

/** What is written of a recording, as a storage has it: chunks by where they begin. */
function createWritten() {
  const chunks = new Map<number, { studyId: string; endMs: number; place: unknown }>()
  const log: string[] = []
  const done = async () => ({ ok: true, value: undefined }) as const
  const journal = {
    problem: null,
    list: async () => ({ ok: true, value: { entries: [], unreadableCount: 0 } }),
    put: async ({ id }: { id: string }, said?: { untilMs: number }) => {
      log.push(`put ${id}`)
      for (const startMs of chunks.keys()) if (startMs < (said?.untilMs ?? 0)) chunks.delete(startMs)
      return done()
    },
    update: done,
    remove: async (id: string) => {
      log.push(`remove ${id}`)
      return done()
    },
    speech: {
      append: async ({
        startMs,
        samples,
        studyId,
        place,
      }: { startMs: number; samples: Int16Array } & Record<string, never>) => {
        chunks.set(startMs, { studyId, place, endMs: startMs + samples.length / 16 })
        return done()
      },
      forget: async ({ untilMs }: { untilMs: number }) => {
        for (const startMs of chunks.keys()) if (startMs < untilMs) chunks.delete(startMs)
        return done()
      },
      recover: done,
    },
  } as unknown as Journal
  const toRanges = () => [...chunks].map(([startMs, { endMs }]) => [startMs, endMs])
  return { journal, chunks, log, toRanges }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

const stretch = (startMs: number, endMs: number, part: Partial<CapturedStretch> = {}): CapturedStretch => ({
  studyId: 'phantom-1',
  isCommand: false,
  isSpeech: true,
  startMs,
  endMs,
  takeFrom: (ms) => new Float32Array((endMs - ms) * 16),
  ...part,
})

let written: ReturnType<typeof createWritten>
let firstWords: number
let titles: string[]
let parts: ReturnType<typeof createReading>
const place = { orientation: 'axial', sliceNumber: 7, pointLpsMm: [1, 2, 3] } as const

beforeEach(async () => {
  written = createWritten()
  firstWords = 0
  titles = []
  const events = { notify: () => undefined, onFirstWords: () => void firstWords++ }
  const archive = {
    note: async ({ title }: { title: string }) => void titles.push(title),
    find: async () => null,
    listWaiting: async () => [],
    countUtterances: async () => 0,
  }
  parts = createReading({
    journal: toDictationJournal(written.journal, events),
    archive: archive as never,
    transcriber: { wake() {} } as never,
    currentPlace: () => place,
  })
  await parts.reading.studies.openPhantom(1)
  await settle()
  titles = []
})

async function capture(...stretches: CapturedStretch[]) {
  parts.reading.dictation.keepSoFar({ recordingId: 'r', stretches })
  await settle()
}

const setMode = (mode: 'dictation' | 'command') => parts.store.patch('voice', { mode })

describe('what is being said', () => {
  it('is written piece by piece, with its place, and the storage is asked to last with its first words alone', async () => {
    parts.reading.dictation.begin()
    expect(firstWords).toBe(0)
    await capture(stretch(64, 320))
    await capture(stretch(64, 576))
    await capture(stretch(64, 832))
    expect(written.toRanges()).toEqual([
      [64, 320],
      [320, 576],
      [576, 832],
    ])
    expect(written.chunks.get(64)).toMatchObject({ studyId: 'phantom-1', place })
    expect(firstWords).toBe(1)
  })

  it('gives its study a title that a later visit can list, which goes where nothing came of it', async () => {
    await capture(stretch(0, 256))
    expect(titles).toEqual(['Phantom 1'])
    await capture()
    expect(titles).toEqual(['Phantom 1', ''])
    expect(written.toRanges()).toEqual([])
  })

  it('makes room for its utterance, and only what follows it is written from then on', async () => {
    parts.reading.dictation.begin()
    await capture(stretch(0, 512))
    void parts.reading.dictation.hear({ ...utteranceOf('u'), startMs: 0, endMs: 512, recordingId: 'r' })
    await settle()
    expect([written.log, written.toRanges()]).toEqual([['put u'], []])
    await capture(stretch(512, 768))
    expect(written.toRanges()).toEqual([[512, 768]])
  })

  it('is written anew where silence before it turns out to be its beginning', async () => {
    await capture(stretch(256, 512, { isSpeech: false }))
    await capture(stretch(64, 768))
    expect(written.toRanges()).toEqual([[64, 768]])
  })

  it('about a study and then another is written to each', async () => {
    await parts.reading.studies.openPhantom(2)
    await capture(stretch(0, 256), stretch(256, 512, { studyId: 'phantom-2' }))
    expect([...written.chunks.values()].map(({ studyId }) => studyId)).toEqual(['phantom-1', 'phantom-2'])
  })
})

describe('nothing is written', () => {
  it('of what is said while the command key is held', async () => {
    await capture(stretch(0, 256, { isCommand: true }))
    expect(written.toRanges()).toEqual([])
    expect([firstWords, titles]).toEqual([0, []])
  })

  it('of a command behind dictation, while that is still written', async () => {
    await capture(stretch(0, 256), stretch(256, 512, { isCommand: true }))
    expect(written.toRanges()).toEqual([[0, 256]])
  })

  it('in command mode, judged or not; what began before is dictation to its end', async () => {
    setMode('command')
    await capture(stretch(0, 256, { isSpeech: false }))
    parts.reading.dictation.begin()
    await capture(stretch(0, 512))
    setMode('dictation')
    await capture(stretch(0, 768))
    expect(written.toRanges()).toEqual([])
    parts.reading.dictation.begin()
    setMode('command')
    await capture(stretch(1000, 1256))
    expect(written.toRanges()).toEqual([[1000, 1256]])
  })

  it('of sound before speech was found in it once it turns out to be a command', async () => {
    await capture(stretch(0, 256, { isSpeech: false }))
    setMode('command')
    parts.reading.dictation.begin()
    await capture(stretch(0, 512))
    expect(written.toRanges()).toEqual([])
  })

  it('of a study that is not open', async () => {
    await capture(stretch(0, 256, { studyId: null }), stretch(256, 512, { studyId: 'closed' }))
    expect(written.toRanges()).toEqual([])
  })
})
