import { beforeEach, expect, it } from 'vitest'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import type { AppState } from '../state/appState.ts'
import { interpret } from './interpret.ts'
import { refuseTemplateName } from './templateName.ts'
import { toSayableState } from './testing/sayable.ts'

const own = (name: string) => ({ id: name, createdAtMs: 1, name, sentences: [] })
const withOwn = (...names: string[]): AppState => {
  const state = toSayableState()
  return { ...state, templates: { ...state.templates, own: names.map(own) } }
}

let state: AppState
beforeEach(() => {
  state = withOwn('Trauma chest')
})
const refuse = (name: string, id: string | null = null) => refuseTemplateName(state, name, id)

it.each([
  ['lung window', /said for a command/],
  ['sign the report', /said for a command/],
  ['this measure', /said for a command/],
  ['undo', /said for a command/],
  ['default', /already/],
  ['usual', /sounds like|said for a command/i],
  ['normal chest', /already/],
  ['trauma CHEST', /already/],
  ['clear', /one syllable/],
])('refuses “%s”, and says why', (name, reason) => {
  expect(refuse(name)).toMatch(reason)
})

it.each(['clear lungs', 'follow-up', 'post op', 'CTPA', 'oncology baseline', 'smoker'])(
  'takes “%s”, which is then understood',
  (name) => {
    expect(refuse(name)).toBeNull()
    const found = interpret(toSpokenWords(`insert ${name}`), withOwn('Trauma chest', name))
    expect(found).toMatchObject({ kind: 'command', id: 'report.insert', slots: { template: name } })
  },
)

it('a template may keep its own name', () => {
  expect(refuse('Trauma chest', 'Trauma chest')).toBeNull()
})

it('inserts what is usual for the study by “the default”', () => {
  for (const say of ['insert the default', 'insert default template', 'insert the usual report'])
    expect(interpret(toSpokenWords(say), state)).toMatchObject({ id: 'report.insert', slots: { template: 'default' } })
})
