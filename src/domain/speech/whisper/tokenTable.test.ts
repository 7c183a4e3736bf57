import { expect, it } from 'vitest'
import { writeTokenTable } from './tokenTable.fixture.ts'
import { parseTokenTable, type TokenTable } from './tokenTable.ts'

const expectTable = (bytes: Uint8Array): TokenTable => {
  const parsed = parseTokenTable(bytes)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.value
}

it('joins the bytes of tokens before it reads them: a character may lie in two', () => {
  const table = expectTable(writeTokenTable([[0x20, 0x36], [0xc2], [0xb5], [0x6d], []]))
  expect(table.count).toBe(5)
  expect(table.decode([0, 1, 2, 3, 4])).toBe(' 6µm')
  expect([0, 1, 4].map(table.opensWord)).toEqual([true, false, false])
})

it('refuses another format, and a table that is cut off', () => {
  const bytes = writeTokenTable([[0x61], [0x62]])
  for (const wrong of [
    bytes.subarray(0, 3),
    bytes.subarray(0, bytes.length - 1),
    writeTokenTable([[0x61]], 'other/1'),
  ]) {
    const parsed = parseTokenTable(wrong)
    expect(parsed.ok ? 'accepted' : parsed.problem.code).toBe('tokens-invalid')
  }
})
