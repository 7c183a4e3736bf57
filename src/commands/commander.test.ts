import { expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { Commander } from './commander.ts'
import { createTestContext, showStudy } from './context.fixture.ts'

const utterance = {
  id: 'u1',
  phase: 'ready',
  transcript: 'No effusion.',
  statements: [],
  edits: NO_EDITS,
} as unknown as UtteranceItem

/** A commander that shows what it tells in the state, as the app's does. */
function start() {
  const { context, store, calls } = createTestContext()
  const commander = new Commander((told) => store.patch('voice', { told }))
  commander.bind(context)
  const say = (text: string) => {
    commander.take(toSpokenWords(text), text)
    return store.get().voice.told
  }
  return { store, calls, commander, say }
}

it('runs what was said with its slots, tells it, and takes it back by voice', () => {
  const { store, calls, say } = start()
  store.view.setWindow('lung', 1500, -600)
  expect(say('Bone window, please.')).toMatchObject({ kind: 'done', heard: 'Bone window, please.' })
  expect(say('undo that')).toMatchObject({ kind: 'done', undo: null })
  say('slab ten millimetres')
  say('slice one hundred and twenty')
  expect(calls).toEqual([
    ['applyWindowPreset', 'bone'],
    ['applyWindowPreset', 'lung'],
    ['setSlab', 'axial', { mode: 'mip', thicknessMm: 10 }],
    ['goToSlice', 'axial', 120],
  ])
})

it('asks before it deletes: runs at yes, leaves it at no and at anything else that is said', () => {
  const { store, calls, commander, say } = start()
  showStudy(store, { measures: { ...NEW_STUDY.measures, selectedId: 'm1' } })
  for (const answer of ['no', 'lung window', 'yes']) {
    expect(say('delete the measurement')?.kind).toBe('asked')
    expect(commander.isAnswer(toSpokenWords('yes'))).toBe(true)
    say(answer)
  }
  expect(commander.isAnswer(toSpokenWords('yes'))).toBe(false)
  expect(['yes', 'no', 'no effusion'].map((text) => commander.isYesOrNo(toSpokenWords(text)))).toEqual([
    true,
    true,
    false,
  ])
  expect(say('yes')?.kind).toBe('unknown')
  expect(calls).toEqual([
    ['applyWindowPreset', 'lung'],
    ['removeMeasure', 'm1'],
  ])
})

it('runs nothing for what it is not sure of, what lies out of bounds and what would do nothing, and says which', () => {
  const { store, calls, say } = start()
  expect(say('lung banana')).toMatchObject({ kind: 'unknown' })
  expect(say('slab four hundred millimetres')).toMatchObject({ kind: 'range', min: 1 })
  expect(say('close the prior')).toMatchObject({ kind: 'idle' })
  store.patch('view', { isIdentityShown: false })
  expect(say('hide the patient name')).toMatchObject({ kind: 'idle' })
  expect(say('there is a small nodule in the right upper lobe')).toMatchObject({ kind: 'unknown' })
  expect(calls).toEqual([])
})

it('scratches what was said last, whichever utterance is chosen', () => {
  const { store, calls, say } = start()
  showStudy(store, { dictation: { ...NEW_STUDY.dictation, utterances: [utterance, { ...utterance, id: 'u2' }] } })
  expect(say('Scratch that.')).toMatchObject({ kind: 'done', undo: { entryId: 'speak.undo' } })
  expect(calls).toEqual([['removeUtterance', 'u2']])
})
