import { expect, it } from 'vitest'
import type { CapturedStretch } from '../domain/speech/captured.ts'
import type { Desk } from '../session/desk.ts'
import { utteranceOf } from './desk.fixture.ts'
import { Dictation, type DictationDeps } from './dictation.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_COMMANDER } from './noCommander.fixture.ts'
import { createOneStudy } from './oneStudy.fixture.ts'

/** Dictation that hears each utterance as the words it is given. */
function open() {
  const { store, study, pack } = createOneStudy()
  store.patch('model', { phase: 'ready', speechReady: true, transcriberPhase: 'ready' })
  const spoken = new Map<number, string>()
  const asked: string[] = []
  const heard: number[] = []
  const note =
    (name: string) =>
    (..._: unknown[]) =>
      void asked.push(name)
  const journal = { put: note('put'), append: note('append'), update() {}, forget() {}, remove() {} }
  const encode = async () => ({ embedding: new Float32Array(18), windows: [], transcript: '', encodeMs: 1 })
  const transcribe = async (audio: Float32Array) => {
    heard.push(audio.length / 16000)
    return { text: spoken.get(audio[0]) ?? '', words: null }
  }
  const deps = {
    screen: store,
    journal,
    archive: NO_ARCHIVE,
    speechEngine: { encode },
    transcriber: { wake() {}, transcribe },
    commander: NO_COMMANDER,
    currentPlace: () => null,
  } as unknown as DictationDeps
  const desk = { read: study, pack, sessions: [study], find: () => study } as unknown as Desk
  const dictation = new Dictation(deps, desk)
  const captured = (): CapturedStretch => ({
    studyId: study.id,
    isCommand: false,
    isSpeech: true,
    startMs: 0,
    endMs: 256,
    takeFrom: () => new Float32Array(4096),
  })
  /** Speech from its beginning to its cut, as the microphone tells of it. */
  const say = async (text: string, { seconds = 1, inTheMidst = () => {} } = {}) => {
    const audio = new Float32Array(16000 * seconds).fill(spoken.size + 1)
    spoken.set(audio[0], text)
    dictation.begin()
    inTheMidst()
    dictation.keepSoFar({ recordingId: 'recording', stretches: [captured()] })
    await dictation.hear({ ...utteranceOf(`u${spoken.size}`, study.id), audio, endMs: 1000 * seconds })
  }
  const texts = () => study.state.dictation.utterances.length
  return { store, asked, heard, say, texts }
}

it('keeps no sound and no word of what is said while it sleeps, and wakes by its phrase', async () => {
  const { store, asked, say, texts } = open()
  store.patch('voice', { isAsleep: true })
  await say('there is a large pleural effusion on the right')
  await say('wake up early')
  expect([asked, texts(), store.get().voice.isAsleep]).toEqual([[], 0, true])
  await say('viewer wake up')
  expect([asked, texts(), store.get().voice.isAsleep]).toEqual([[], 0, false])
  await say('no effusion')
  expect([asked, texts()]).toEqual([['append', 'put'], 1])
})

it('runs nothing while it sleeps, and looks at the last seconds alone', async () => {
  const { store, heard, say } = open()
  store.patch('voice', { isAsleep: true, mode: 'command' })
  await say('lung window', { seconds: 20 })
  expect(heard).toEqual([4])
  expect(store.get().voice).toMatchObject({ isAsleep: true, told: null, isThinking: false })
})

it('keeps nothing of speech in the midst of which it was put to sleep', async () => {
  const { store, asked, say } = open()
  await say('a sentence that was begun before', { inTheMidst: () => store.patch('voice', { isAsleep: true }) })
  expect(asked).toEqual([])
})
