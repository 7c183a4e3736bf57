import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { VoxctDatabase } from './database.ts'
import { openJournal } from './journal.ts'
import type { JournalEntry } from './journalRow.ts'
import { createTabLife } from './tabLife.ts'
import { createWebLocks } from './webLocks.fixture.ts'

const CHUNK_MS = 256

/** A browser whose tabs share what they keep. */
function createBrowser(name = crypto.randomUUID()) {
  const locks = createWebLocks()
  const openTab = async () => {
    const tab = createTabLife(locks)
    const database = new VoxctDatabase(name)
    const journal = await openJournal(database, tab)
    const kill = () => {
      database.close()
      locks.held.delete(`voxct-tab-${tab.id}`)
    }
    return { journal, database, kill }
  }
  return { openTab }
}

type Tab = Awaited<ReturnType<ReturnType<typeof createBrowser>['openTab']>>

const PLACE = { orientation: 'coronal', sliceNumber: 7, pointLpsMm: [1, -2, 3.5] } as const

/** Sound of so many chunks; each of its samples tells the moment that it was recorded at. */
async function say(
  { journal }: Tab,
  part: { from?: number; count?: number; studyId?: string; isSpeech?: boolean } = {},
) {
  const { from = 0, count = 4, studyId = 'a', isSpeech = true } = part
  for (let n = from; n < from + count; n++) {
    const samples = Int16Array.from({ length: CHUNK_MS * 16 }, (_, at) => n * CHUNK_MS + Math.floor(at / 16) + 100)
    const chunk = { recordingId: 'r', startMs: n * CHUNK_MS, samples, studyId, place: PLACE, isSpeech }
    expect(await journal.speech.append(chunk)).toMatchObject({ ok: true })
  }
}

const entryOf = (audio: Float32Array, endMs: number): JournalEntry => ({
  id: 'cut',
  studyId: 'a',
  createdAtMs: 1,
  audio,
  startMs: 0,
  endMs,
  source: 'microphone',
  transcript: null,
  words: null,
  statements: [],
  edits: NO_EDITS,
  place: null,
  isAdopted: false,
  isRecovered: false,
})

async function list({ journal }: Tab, studyId = 'a') {
  await journal.speech.recover()
  const listed = await journal.list(studyId)
  return listed.ok ? listed.value.entries : []
}

const toMoments = ({ audio }: JournalEntry) =>
  [audio[0], audio[audio.length - 1]].map((x) => Math.round(x * 32767) - 100)

describe('what was being said', () => {
  it('in a tab that was killed is an utterance of its study, marked, sample for sample and where it was said', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    await say(killed)
    killed.kill()
    const next = await openTab()
    const [entry, ...others] = await list(next)
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      studyId: 'a',
      isRecovered: true,
      source: 'microphone',
      place: PLACE,
      transcript: null,
    })
    expect([entry.startMs, entry.endMs, entry.audio.length / 16]).toEqual([0, 4 * CHUNK_MS, 4 * CHUNK_MS])
    expect(toMoments(entry)).toEqual([0, 4 * CHUNK_MS - 1])
    expect(await next.database.speechChunks.count()).toBe(0)
    expect((await list(next)).map(({ id }) => id)).toEqual([entry.id])
  })

  it('in a tab that lives is that tab’s, and goes on there', async () => {
    const { openTab } = createBrowser()
    const [speaking, other] = [await openTab(), await openTab()]
    await say(speaking)
    expect(await list(other)).toEqual([])
    expect(await list(speaking)).toEqual([])
    await say(speaking, { from: 4 })
    speaking.kill()
    expect((await list(other)).map(({ endMs }) => endMs)).toEqual([8 * CHUNK_MS])
  })

  it('is found by one of two tabs that look for it at once', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    await say(killed)
    killed.kill()
    const [first, second] = [await openTab(), await openTab()]
    await Promise.all([first.journal.speech.recover(), second.journal.speech.recover()])
    expect(await list(first)).toHaveLength(1)
  })

  it('about two studies is two utterances, and what waits is counted as such', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    await say(killed)
    await say(killed, { from: 4, studyId: 'b' })
    killed.kill()
    const next = await openTab()
    expect(await list(next)).toMatchObject([{ endMs: 4 * CHUNK_MS }])
    expect(await list(next, 'b')).toMatchObject([{ startMs: 4 * CHUNK_MS }])
    const counted = await next.journal.count()
    expect(counted.ok && [...counted.value]).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('goes in the step that keeps the utterance; what was said behind its cut stays', async () => {
    const { openTab } = createBrowser()
    const tab = await openTab()
    await say(tab)
    const cutMs = 2 * CHUNK_MS + 96
    await tab.journal.put(entryOf(new Float32Array(cutMs * 16), cutMs), { recordingId: 'r', untilMs: cutMs })
    tab.kill()
    const entries = await list(await openTab())
    expect(entries.map(({ startMs, endMs, isRecovered }) => [startMs, endMs, isRecovered])).toEqual([
      [0, cutMs, false],
      [cutMs, 4 * CHUNK_MS, true],
    ])
    expect(toMoments(entries[1])).toEqual([cutMs, 4 * CHUNK_MS - 1])
  })

  it('stays where the utterance cannot be kept', async () => {
    const { openTab } = createBrowser()
    const tab = await openTab()
    await say(tab)
    tab.database.utterances.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const put = await tab.journal.put(entryOf(new Float32Array(16), 1024), { recordingId: 'r', untilMs: 1024 })
    expect(put).toMatchObject({ ok: false, problem: { code: 'storage-full' } })
    tab.kill()
    expect(await list(await openTab())).toMatchObject([{ endMs: 4 * CHUNK_MS, isRecovered: true }])
  })

  it('is gone once it is forgotten, up to the moment that is told', async () => {
    const { openTab } = createBrowser()
    const tab = await openTab()
    await say(tab)
    await tab.journal.speech.forget({ recordingId: 'other', untilMs: Number.POSITIVE_INFINITY })
    await tab.journal.speech.forget({ recordingId: 'r', untilMs: CHUNK_MS })
    expect(await tab.database.speechChunks.count()).toBe(3)
    await tab.journal.speech.forget({ recordingId: 'r', untilMs: Number.POSITIVE_INFINITY })
    expect(await tab.database.speechChunks.count()).toBe(0)
    tab.kill()
    expect(await list(await openTab())).toEqual([])
  })
})

describe('a leftover', () => {
  it('that is too short to be an utterance is dropped', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    const [recordingId, samples] = ['short', new Int16Array(200 * 16).fill(9000)]
    await killed.journal.speech.append({ recordingId, startMs: 0, samples, studyId: 'a', place: null, isSpeech: true })
    killed.kill()
    const next = await openTab()
    expect(await list(next)).toEqual([])
    expect(await next.database.speechChunks.count()).toBe(0)
  })

  it('that nobody has judged is dropped where it is silent, and kept where it is not', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    await say(killed, { isSpeech: false })
    const silent = { recordingId: 'silent', startMs: 0, samples: new Int16Array(16000).fill(3) }
    await killed.journal.speech.append({ ...silent, studyId: 'a', place: null, isSpeech: false })
    killed.kill()
    expect(await list(await openTab())).toMatchObject([{ endMs: 4 * CHUNK_MS }])
  })

  it('of another version stays as it is', async () => {
    const { openTab } = createBrowser()
    const killed = await openTab()
    await say(killed)
    await killed.database.table<unknown>('speechChunks').update(['r', 0], { samples: 'base64' })
    killed.kill()
    const next = await openTab()
    expect(await list(next)).toMatchObject([{ startMs: CHUNK_MS }])
    expect(await next.database.speechChunks.count()).toBe(1)
  })
})
