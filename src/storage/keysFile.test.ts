import { expect, it } from 'vitest'
import { readKeysFile, toKeysFile } from './keysFile.ts'

const keys = { changed: { 'speak.microphone': ['F2'], 'findings.heat': [] }, singleCharacters: false }

it('gives back the keys that were exported', () => {
  expect(readKeysFile(JSON.stringify(toKeysFile(keys)))).toEqual({ ok: true, value: keys })
})

it.each(['', '{}', '[1', JSON.stringify({ ...toKeysFile(keys), version: 2 }), JSON.stringify({ keys })])(
  'refuses %j, which is no such file',
  (text) => {
    expect(readKeysFile(text)).toMatchObject({ ok: false, problem: { code: 'keys-file' } })
  },
)
