import { expect, it } from 'vitest'
import { formatBytes } from './formatBytes.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [20_960, '21.0 kB'],
  [999_600, '1.00 MB'],
  [123_456_789, '123 MB'],
  [1_023_000_000, '1.02 GB'],
  [4_096_000_000_000, '4096 GB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
