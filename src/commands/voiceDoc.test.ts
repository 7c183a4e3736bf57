import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { COMMANDS } from './table.ts'
import { toVoiceDoc } from './testing/voiceDoc.ts'

it('gives every command phrases or the reason why it has none, never both', () => {
  const bare = COMMANDS.filter(({ phrases, silent }) => (phrases === undefined) === (silent === undefined))
  expect(bare.map(({ id }) => id)).toEqual([])
})

it('leaves to the hand what lasts as long as a key, opens dialogs of the browser, sends, or deletes for good', () => {
  const silent = COMMANDS.filter(({ phrases }) => !phrases).map(({ id }) => id)
  expect(silent.sort()).toEqual([
    'identity.export',
    'keys.reset',
    'library.askServer',
    'library.export',
    'library.import',
    'library.remove',
    'model.remove',
    'own.export',
    'own.import',
    'own.remove',
    'speak.file',
    'speak.talk',
    'studies.files',
    'studies.folder',
    'voice.hold',
  ])
})

it('writes docs/VOICE.md from the table', async () => {
  await expect(toVoiceDoc()).toMatchFileSnapshot(resolve('docs/VOICE.md'))
})
