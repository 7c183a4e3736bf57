import { expect, it } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { CaptureEvents } from '../microphone/captureAudio.ts'
import { createMicrophone } from '../microphone/createMicrophone.ts'
import { NO_NEWS } from '../microphone/scriptedDevice.fixture.ts'
import { ScriptedVad, toFrame } from '../microphone/scriptedVad.fixture.ts'
import { createReading } from './desk.fixture.ts'

/*
 * The microphone is on while studies are opened at random times. Every frame carries the number of the study that was
 * being read when it was spoken, so that the sound itself proves whose it is.
 */

const STUDIES = 5
const OPENINGS = 30

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

/** Resolves after so many turns of the event loop. */
async function delay(turns: number): Promise<void> {
  for (let n = 0; n < turns; n++) await turn()
}

const toNumber = (studyId: string): number => Number(studyId.replace('phantom-', ''))

/** A model that takes its time, so that frames wait in the queue while studies change. */
class SlowVad extends ScriptedVad {
  constructor(private readonly random: () => number) {
    super()
  }

  override async vadProbability(frame: Float32Array): Promise<number> {
    if (this.random() < 0.05) await delay(1 + Math.floor(this.random() * 3))
    return super.vadProbability(frame)
  }
}

function setUp(seed: number) {
  const random = createRandom(seed)
  const heard: Utterance[] = []
  let capture: CaptureEvents | null = null
  const speechEngine = {
    async encode() {
      await delay(Math.floor(random() * 6))
      return { embedding: new Float32Array(1), windows: [], transcript: '', encodeMs: 1 }
    },
  } as unknown as SpeechEngine
  const viewer = {
    async show(_volume: unknown, onReveal?: () => void) {
      await delay(Math.floor(random() * 4))
      onReveal?.()
    },
    setHeat() {},
  }
  const parts = createReading({
    speechEngine,
    viewer: viewer as never,
    onRead: ({ id }) => microphone.setStudy(id),
    phantoms: {
      async renderPhantom(number) {
        await delay(Math.floor(random() * 5))
        const volume = {
          id: `phantom-${number}`,
          size: [3, 3, 3],
          spacingMm: [1, 1, 1],
          hu: new Int16Array(27),
          missing: [],
        }
        return { volume: volume as never, title: '', description: '' }
      },
    },
  })
  const microphone = createMicrophone({
    vad: new SlowVad(random),
    releaseTailMs: 0,
    news: NO_NEWS,
    openCapture: async (events) => {
      capture = events
      return { groupId: '', close() {} }
    },
    events: {
      onStatus: () => {},
      onLevel: () => {},
      onProblem: () => {},
      onFault: () => {},
      onCaptured: () => {},
      onUtterance(utterance) {
        heard.push(utterance)
        void parts.reading.dictation.hear(utterance)
      },
    },
  })
  const speak = (isSpeech: boolean) => {
    const frame = toFrame(isSpeech ? 0.9 : 0.1)
    frame.fill(toNumber(parts.store.get().desk.readId ?? 'phantom-0'), 1)
    capture?.onFrame(frame)
  }
  return { ...parts, microphone, random, speak, heard }
}

const FRAME = 512

/** Numbers of the studies that were read while the sound was spoken. */
function toSpokenUnder({ audio }: Pick<Utterance, 'audio'>): Set<number> {
  const numbers = new Set<number>()
  for (let at = 1; at < audio.length; at += FRAME) numbers.add(audio[at])
  return numbers
}

it.each([1, 2, 3, 4])('leaves every utterance with the study it was spoken about (seed %i)', async (seed) => {
  const { reading, store, journal, microphone, random, speak, heard } = setUp(seed)
  await reading.studies.openPhantom(1)
  await microphone.start()
  const openings: Promise<void>[] = []
  const underWay: Pick<Utterance, 'studyId' | 'audio'>[] = []
  for (let opening = 0; opening < OPENINGS; opening++) {
    const talk = 4 + Math.floor(random() * 60)
    for (let frame = 0; frame < talk; frame++) {
      speak(true)
      if (random() < 0.2) await turn()
      const now = microphone.underWay()
      if (now) underWay.push({ studyId: now.studyId, audio: now.takeFrom(now.startMs) })
    }
    for (let frame = 0; frame < Math.floor(random() * 30); frame++) speak(false)
    openings.push(reading.studies.openPhantom(1 + Math.floor(random() * STUDIES)))
    if (random() < 0.5) await delay(Math.floor(random() * 8))
  }
  await Promise.all(openings)
  await microphone.stop()
  await delay(60)
  expect(heard.length).toBeGreaterThan(10)
  expect(new Set(heard.map(({ studyId }) => studyId)).size).toBeGreaterThan(2)
  expect(underWay.length).toBeGreaterThan(10)
  for (const sound of [...underWay, ...heard])
    expect([...toSpokenUnder(sound)]).toEqual([toNumber(sound.studyId ?? '')])
  for (const utterance of heard) {
    expect(journal.kept.get(utterance.id)?.studyId).toBe(utterance.studyId)
  }
  for (const [id, { dictation }] of Object.entries(store.get().studies)) {
    const own = heard.filter(({ studyId }) => studyId === id).map((utterance) => utterance.id)
    expect(dictation.utterances.map((item) => item.id)).toEqual(own)
  }
})
