import { expect, it } from 'vitest'
import { findEntry } from '../../commands/table.ts'
import { isFree, proposeDefault, proposeNone, proposePress, toChanged } from './proposal.ts'

const keys = { changed: {}, singleCharacters: true }
const microphone = findEntry('speak.microphone')

it('takes a free key at once, in place of the old ones or beside them', () => {
  const instead = proposePress(keys, microphone, ['F2'], false)
  expect([isFree(instead), toChanged(keys, instead)]).toEqual([true, { 'speak.microphone': ['F2'] }])
  const beside = proposePress(keys, microphone, ['F2'], true)
  expect(toChanged(keys, beside)).toEqual({ 'speak.microphone': ['m', 'F2'] })
})

it('names who would lose the key, and takes it only when it is told to', () => {
  const proposal = proposePress(keys, microphone, ['h'], false)
  expect(isFree(proposal)).toBe(false)
  expect(proposal.losers.map(({ title }) => title)).toEqual(['Heat on or off'])
  expect(toChanged(keys, proposal)).toEqual({ 'speak.microphone': ['h'], 'findings.heat': [] })
})

it('tells of a default key that meanwhile runs something else', () => {
  const changed = toChanged(keys, proposePress(keys, microphone, ['h'], false))
  const back = proposeDefault({ ...keys, changed }, findEntry('findings.heat'))
  expect(back.losers.map(({ id }) => id)).toEqual(['speak.microphone'])
  expect(toChanged({ ...keys, changed }, back)).toEqual({ 'speak.microphone': [] })
})

it.each(['Tab', 'Shift+Tab', 'Enter', 'Mod+w', 'Alt+F4'])('refuses %s with its reason', (name) => {
  const { refusal } = proposePress(keys, microphone, [name], false)
  expect(refusal).toMatch(/\.$/)
})

it('leaves a command without a key', () => {
  expect(toChanged(keys, proposeNone(keys, microphone))).toEqual({ 'speak.microphone': [] })
})
