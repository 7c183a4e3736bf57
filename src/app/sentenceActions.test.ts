import { expect, it } from 'vitest'
import { createTestContext, showStudy } from '../commands/context.fixture.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { createSentenceActions } from './sentenceActions.ts'

/** The actions over a report of these words, and what they asked for. */
function openReport(...texts: string[]) {
  const { store } = createTestContext()
  const utterances = texts.map(
    (transcript, n) =>
      ({ id: `u${n}`, phase: 'ready', transcript, edits: NO_EDITS, statements: [] }) as unknown as UtteranceItem,
  )
  showStudy(store, { dictation: { ...NEW_STUDY.dictation, utterances } })
  const asked: unknown[] = []
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void asked.push([name, ...args])
  const reading = { corrections: { setText: record('utterance') }, report: { rewrite: record('sentence') } }
  return { asked, store, actions: createSentenceActions(store, reading as never) }
}

it('corrects the words that were said, so that what they state follows', () => {
  const { actions, asked, store } = openReport('nodule in the left lung', 'no effusion')
  actions.changeWord('left', 'right', null)
  expect(asked).toEqual([['utterance', 'u0', 'nodule in the right lung']])
  expect(store.get().view.rightPanel).toBe('report')
})

it('changes the sentence alone where nobody knows which of the words said is meant', () => {
  const { actions, asked } = openReport('no left effusion. Nodule in the left lung.')
  actions.changeWord('left', 'right', 'said:u0:1')
  expect(asked).toEqual([['sentence', 'said:u0:1', 'Nodule in the right lung.']])
})

it('says so where the word does not stand in the sentence', () => {
  const { actions, asked, store } = openReport('nodule in the left lung', 'no effusion')
  actions.changeWord('left', 'right', 'said:u1:0')
  expect(asked).toEqual([])
  expect(store.get().notices.map(({ told }) => told.code)).toContain('report-no-word')
})
