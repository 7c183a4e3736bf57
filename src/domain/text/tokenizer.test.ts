import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTokenizer } from './tokenizer.ts'

interface Golden {
  readonly maxTokens: number
  readonly sentences: readonly { readonly text: string; readonly ids: readonly number[] }[]
}

// Written by training/scripts/make_golden_text.py; a missing file must fail, not skip.
const FOLDER = new URL('../../../fixtures/golden/text/', import.meta.url)
const golden: Golden = JSON.parse(readFileSync(new URL('sentences.json', FOLDER), 'utf8'))
const tokenizerBytes = (): ArrayBuffer => new Uint8Array(readFileSync(new URL('tokenizer.json', FOLDER))).buffer

function openGolden() {
  const opened = openTokenizer(tokenizerBytes(), golden.maxTokens)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}

test.each(golden.sentences)('“$text” has the ids that Python gives it', ({ text, ids }) => {
  expect([...openGolden().toIds(text)].map(Number)).toEqual(ids)
})

test('some golden sentence is longer than the encoder takes, and keeps its end mark', () => {
  const tokenizer = openGolden()
  const lengths = golden.sentences.map(({ text }) => tokenizer.toIds(text).length)
  expect(Math.max(...lengths)).toBe(golden.maxTokens)
  const endMarks = golden.sentences.map(({ text }) => tokenizer.toIds(text).at(-1))
  expect(new Set(endMarks).size).toBe(1)
})

test('a file that is no tokenizer is refused', () => {
  const bytes = new TextEncoder().encode('{"model": {"type": "Unheard"}}')
  const opened = openTokenizer(bytes.buffer, 16)
  expect(opened.ok ? null : opened.problem.code).toBe('tokenizer-invalid')
})
