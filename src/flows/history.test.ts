import { expect, it } from 'vitest'
import type { MeasureShape } from '../domain/measure/measure.ts'
import { selectRead } from '../state/selectors.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'
import { axis } from './oneStudy.fixture.ts'
import { createWorld } from './ownWorld.fixture.ts'

const line: MeasureShape = {
  kind: 'length',
  plane: { right: [1, 0, 0], up: [0, -1, 0] },
  points: [
    [0, 0, 1],
    [2, 0, 1],
  ],
}

it('words and measures of a study are one order of time, in both directions; another study keeps its own', async () => {
  const { reading, store } = createReading()
  const { history, corrections, measures } = reading
  const shown = () => selectRead(store.get())
  const texts = () => [shown().history.undo?.text ?? null, shown().history.redo?.text ?? null]
  await reading.studies.openPhantom(1)
  await reading.dictation.hear(utteranceOf('a'))
  measures.draw(line)
  corrections.setText('a', 'one')
  measures.draw(line)
  const state = () => [shown().measures.items.length, shown().dictation.utterances[0]?.edits.text ?? null]
  expect(texts()).toEqual(['Length drawn', null])
  history.undo()
  expect([state(), texts()]).toEqual([
    [1, 'one'],
    ['Text corrected', 'Length drawn'],
  ])
  history.undo()
  expect([state(), texts()]).toEqual([
    [1, null],
    ['Length drawn', 'Text corrected'],
  ])
  await reading.studies.openPhantom(2)
  expect(texts()).toEqual([null, null])
  history.undo()
  measures.draw(line)
  expect(texts()).toEqual(['Length drawn', null])
  await reading.studies.reopen('phantom-1')
  expect([state(), texts()]).toEqual([
    [1, null],
    ['Length drawn', 'Text corrected'],
  ])
  history.redo()
  history.redo()
  expect([state(), texts()]).toEqual([
    [2, 'one'],
    ['Length drawn', null],
  ])
  history.undo()
  corrections.remove('a')
  expect(texts()).toEqual(['Utterance deleted', null])
  history.undo()
  expect(state()).toEqual([1, 'one'])
})

it('a mark is taken back from its scan without the marks of other scans, and from the list of findings', () => {
  const { own, read, history, item, store } = createWorld()
  const first = read('first', axis('emphysema'))
  own.mark({ label: 'sign' }, true)
  read('second', axis('cardiomegaly'))
  own.mark({ label: 'sign' }, false)
  expect(selectRead(store.get()).history.undo).toEqual({ kind: 'finding', text: 'Sign marked absent' })
  read('first', axis('emphysema'))
  expect(first.state.history.undo?.text).toBe('Sign marked present')
  history.undo()
  expect(item().marks).toEqual({ second: 'absent' })
  expect([first.state.history.undo, store.get().own.undo]).toEqual([null, 'Sign marked absent'])
  history.redo()
  expect(item().marks).toEqual({ first: 'present', second: 'absent' })
  own.undo()
  expect([item().marks, first.state.history.redo?.text]).toEqual([{ second: 'absent' }, 'Sign marked present'])
  own.undo()
  expect(store.get().own.findings).toEqual([])
})
