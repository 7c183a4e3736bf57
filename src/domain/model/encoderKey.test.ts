import { expect, test } from 'vitest'
import { toEncoderHash } from './encoderKey.ts'

const file = (sha256: string, variant = 'fp32') => ({ sha256, variant }) as never
const ct = (part: object = {}) =>
  ({ ct: { input: { shape: [1, 2, 3] }, trunk: [file('a')], head: [file('b')], ...part } }) as never

test('names trunk, head and input: whatever changes one of them changes the hash', async () => {
  const hashes = await Promise.all([
    toEncoderHash(ct()),
    toEncoderHash(ct({ trunk: [file('c')] })),
    toEncoderHash(ct({ head: [file('c')] })),
    toEncoderHash(ct({ input: { shape: [1, 2, 4] } })),
    toEncoderHash(ct({ trunk: [{ sha256: 'a', variant: 'fp32', next: [{ sha256: 'n' }] }] })),
    toEncoderHash(ct({ trunk: [{ sha256: 'a', variant: 'fp32', external: [{ sha256: 'e' }] }] })),
  ])
  expect(new Set(hashes).size).toBe(6)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}$/)
})

test('another precision of the same weights is the same encoder', async () => {
  expect(await toEncoderHash(ct({ trunk: [file('x', 'int8'), file('a')] }))).toBe(await toEncoderHash(ct()))
})
