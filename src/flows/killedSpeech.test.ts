import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { FRAME_MS } from '../domain/speech/segment.ts'
import type { CaptureEvents } from '../microphone/captureAudio.ts'
import { createMicrophone } from '../microphone/createMicrophone.ts'
import { NO_NEWS } from '../microphone/scriptedDevice.fixture.ts'
import { ScriptedVad, toFrame } from '../microphone/scriptedVad.fixture.ts'
import { VoxctDatabase } from '../storage/database.ts'
import { openJournal } from '../storage/journal.ts'
import { createTabLife } from '../storage/tabLife.ts'
import { createWebLocks } from '../storage/webLocks.fixture.ts'
import { createReading } from './desk.fixture.ts'
import { toDictationJournal } from './dictationJournal.ts'

/*
 * Somebody dictates by every way there is, changes studies and gives commands, until the tab is killed at some moment. Every
 * frame carries its number, so that what is kept tells which frames it holds.
 */

const STUDIES = ['phantom-1', 'phantom-2', 'phantom-3']
const SECOND_FRAMES = Math.ceil(1000 / FRAME_MS)
/** A piece of speech that is shorter is a misfire. */
const LEAST_FRAMES = 9
const FULL_SCALE = 32767

/** Numbers 0…1 that are the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** A model that is held up now and then, as by an utterance that is being encoded. */
class BusyVad extends ScriptedVad {
  constructor(private readonly random: () => number) {
    super()
  }

  override async vadProbability(frame: Float32Array): Promise<number> {
    if (this.random() < 0.02) for (let n = 0; n < 30; n++) await turn()
    return super.vadProbability(frame)
  }
}

interface Spoken {
  readonly studyId: string
  readonly isSpeech: boolean
  readonly isCommand: boolean
}

async function createSpeaker(seed: number) {
  const random = createRandom(seed)
  const locks = createWebLocks()
  const tab = createTabLife(locks)
  const name = `killed-${seed}`
  const database = new VoxctDatabase(name)
  const events = { notify: () => undefined, onFirstWords: () => undefined }
  let capture: CaptureEvents | null = null
  const parts = createReading({
    journal: toDictationJournal(await openJournal(database, tab), events),
    transcriber: { wake() {} } as never,
    onRead: ({ id }) => microphone.setStudy(id),
  })
  const { dictation, studies } = parts.reading
  const microphone = createMicrophone({
    vad: new BusyVad(random),
    releaseTailMs: 0,
    news: NO_NEWS,
    openCapture: async (opened) => {
      capture = opened
      return { groupId: '', close: () => (capture = null) }
    },
    events: {
      onStatus: (status) => status === 'speaking' && dictation.begin(),
      onLevel: () => {},
      onProblem: () => {},
      onFault: () => {},
      onCaptured: (captured) => dictation.keepSoFar(captured),
      onUtterance: (utterance) => void dictation.hear(utterance),
    },
  })
  const spoken: Spoken[] = []
  const say = async (frames: number, isSpeech: boolean, isCommand = false) => {
    for (let n = 0; n < frames; n++) {
      const frame = toFrame(isSpeech ? 0.9 : 0.1)
      frame.fill(spoken.length / FULL_SCALE, 1)
      spoken.push({ studyId: parts.store.get().desk.readId ?? '', isSpeech, isCommand })
      capture?.onFrame(frame)
      for (let m = 0; m < 3; m++) await turn()
    }
  }
  /** The rows as another tab finds them. */
  const kill = async () => {
    database.close()
    locks.held.delete(`voxct-tab-${tab.id}`)
    const journal = await openJournal(new VoxctDatabase(name), createTabLife(locks))
    await journal.speech.recover()
    return journal
  }
  return { random, microphone, studies, say, spoken, kill }
}

type Speaker = Awaited<ReturnType<typeof createSpeaker>>

const between = ({ random }: Speaker, least: number, most: number) => least + Math.floor(random() * (most - least))

/** One thing that a reader does. */
async function act(speaker: Speaker): Promise<void> {
  const { random, microphone, studies, say } = speaker
  const talk = () => say(between(speaker, 10, 60), true)
  const choice = random()
  if (choice < 0.3) return await talk()
  if (choice < 0.5) return await say(between(speaker, 1, 40), false)
  if (choice < 0.75) return await studies.openPhantom(between(speaker, 1, STUDIES.length + 1))
  const isCommand = choice > 0.87
  await microphone.startTalking(isCommand ? 'command' : 'dictation')
  await say(between(speaker, 10, 40), true, isCommand)
  await microphone.stopTalking()
}

/** Stretches of speech about one study that the VAD cannot take for a click, as numbers of frames. */
function toSpeech(spoken: readonly Spoken[]): number[] {
  const runs: number[][] = []
  for (const [n, { studyId, isSpeech, isCommand }] of spoken.entries()) {
    const before = spoken[n - 1]
    if (!isSpeech || isCommand) continue
    const goesOn = before?.isSpeech && !before.isCommand && before.studyId === studyId
    if (goesOn) runs.at(-1)?.push(n)
    else runs.push([n])
  }
  return runs.filter(({ length }) => length >= LEAST_FRAMES).flat()
}

it.each([1, 2, 3, 4, 5, 6])(
  'of a tab that is killed at most a second is lost, nothing is doubled, no command is kept (seed %i)',
  async (seed) => {
    const speaker = await createSpeaker(seed)
    await speaker.studies.openPhantom(1)
    await speaker.microphone.start()
    for (let n = 0; n < 12; n++) await act(speaker)
    await speaker.say(between(speaker, 10, 90), true)
    const { spoken } = speaker
    const journal = await speaker.kill()

    const kept = new Map<number, string>()
    let recoveredCount = 0
    for (const studyId of STUDIES) {
      const listed = await journal.list(studyId)
      if (!listed.ok) throw new Error(listed.problem.code)
      for (const { audio, isRecovered } of listed.value.entries) {
        recoveredCount += Number(isRecovered)
        for (let at = 1; at < audio.length; at += 512) {
          const n = Math.round(audio[at] * FULL_SCALE)
          expect(kept.has(n), `frame ${n} is kept once`).toBe(false)
          kept.set(n, studyId)
          expect(spoken[n]).toMatchObject({ studyId, isCommand: false })
        }
      }
    }
    expect(recoveredCount).toBe(1)
    const due = toSpeech(spoken).filter((n) => n < spoken.length - SECOND_FRAMES)
    expect(due.length).toBeGreaterThan(50)
    expect(due.filter((n) => !kept.has(n))).toEqual([])
  },
)
