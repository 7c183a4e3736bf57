import { describe, expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import type { Desk } from '../session/desk.ts'
import { utteranceOf } from './desk.fixture.ts'
import { Dictation, type DictationDeps } from './dictation.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { axis, axisPack, createOneStudy } from './oneStudy.fixture.ts'
import { restoreDictation } from './showStudy.ts'

const PLACE = { orientation: 'axial', sliceNumber: 3, pointLpsMm: [0, 0, 0] } as const

/** Words of a tenth of a second each. */
const toWords = (text: string) =>
  text.split(' ').map((word, n) => ({ text: word, startSeconds: n / 10, endSeconds: n / 10 + 0.1, probability: 0.9 }))

interface Kept {
  readonly said: string
  readonly transcript?: string
  readonly source?: 'microphone' | 'file'
  readonly isRecovered?: boolean
}

/** A study opened again whose journal holds these utterances; they are heard, and written down, as they were said. */
async function open(kept: readonly Kept[]) {
  const { manifest, ...rest } = axisPack()
  const { store, study, pack } = createOneStudy({}, { ...rest, manifest: { ...manifest, speech: {} as never } })
  store.patch('model', { phase: 'ready', speechReady: true, transcriberPhase: 'ready' })
  const ran: string[] = []
  const journalled: { id: string; audioMs: number }[] = []
  const removed: string[] = []
  const spoken = new Map<Float32Array, string>()
  const entries = kept.map(({ said, transcript = null, source = 'microphone', isRecovered = true }, n) => {
    const id = `u${n}`
    const utterance = { ...utteranceOf(id, 'one'), audio: new Float32Array(16000), endMs: 1000, source }
    spoken.set(utterance.audio, said)
    const item = { id, startMs: 0, durationMs: 1000, source, waveform: [], phase: 'ready', transcript, words: null }
    return { utterance, item: { ...item, statements: [], edits: NO_EDITS, place: PLACE, isRecovered } }
  })
  const toText = (audio: Float32Array) => spoken.get(audio) ?? 'effusion'
  const windows = [{ embedding: axis('pleural_effusion'), span: { startSeconds: 0, endSeconds: 1 } }]
  const deps = {
    screen: store,
    journal: {
      list: async () => ({ kept: entries, unreadableCount: 0 }),
      put: (_: string, __: unknown, { id, audio }: { id: string; audio: Float32Array }) =>
        journalled.push({ id, audioMs: audio.length / 16 }),
      update() {},
      remove: (id: string) => removed.push(id),
    },
    archive: NO_ARCHIVE,
    speechEngine: { encode: async () => ({ embedding: windows[0].embedding, windows, transcript: '-', encodeMs: 1 }) },
    transcriber: {
      wake() {},
      transcribe: async (audio: Float32Array) => ({ text: toText(audio), words: toWords(toText(audio)) }),
    },
    commander: {
      take: (_: unknown, heard: string) => ran.push(heard),
      isCommand: (words: readonly { word: string }[]) => words.map(({ word }) => word).join(' ') === 'lung window',
      isAnswer: () => false,
      isYesOrNo: (words: readonly { word: string }[]) => words.length === 1 && ['yes', 'no'].includes(words[0].word),
      fail() {},
    },
    currentPlace: () => null,
  } as unknown as DictationDeps
  const desk = { read: study, pack, sessions: [study], find: () => study } as unknown as Desk
  const dictation = new Dictation(deps, desk)
  await restoreDictation(deps.journal, study)
  await dictation.hearAgain(study)
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
  return { items: study.state.dictation.utterances, ran, removed, journalled }
}

const toTexts = ({ items }: Awaited<ReturnType<typeof open>>) => items.map(({ transcript }) => transcript)

describe('an utterance that nobody had written down when its tab ended', () => {
  it('is heard and stays, marked and at its place', async () => {
    const opened = await open([{ said: 'large effusion on the right' }])
    expect(opened.items).toMatchObject([
      { transcript: 'large effusion on the right', isRecovered: true, place: PLACE, phase: 'ready' },
    ])
    expect([opened.ran, opened.removed]).toEqual([[], []])
  })

  it('goes where it is a command, whole or cut off, or the answer to a question, and nothing is run', async () => {
    const kept = ['viewer lung window', 'viewer lung', 'yes', 'no effusion'].map((said) => ({ said }))
    const opened = await open(kept)
    expect(toTexts(opened)).toEqual(['no effusion'])
    expect([opened.ran, opened.removed]).toEqual([[], ['u0', 'u1', 'u2']])
  })

  it('keeps what was said before a command in the same breath, marked as it was', async () => {
    const opened = await open([{ said: 'small effusion viewer lung window' }])
    expect(opened.items).toMatchObject([{ id: 'u0-1', durationMs: 200, isRecovered: true, place: PLACE }])
    expect([opened.ran, opened.removed, opened.journalled]).toEqual([[], ['u0'], [{ id: 'u0-1', audioMs: 200 }]])
  })

  it('is told from what was written down before, and from recordings, which hold no commands', async () => {
    const said = 'viewer lung window'
    const opened = await open([
      { said, transcript: said },
      { said, source: 'file' },
    ])
    expect(toTexts(opened)).toEqual([said, said])
    expect([opened.ran, opened.removed]).toEqual([[], []])
  })
})
