import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSaltedHasher } from './saltedHash.ts'

test('a hash is the first half of the SHA-256 of salt and parts, and another with another salt', async () => {
  const { hash } = await createSaltedHasher('ab')
  const sha256 = createHash('sha256').update('["ab","x",1,null]').digest('hex')
  expect(hash(['x', 1, null])).toBe(sha256.slice(0, 32))
  expect((await createSaltedHasher('cd')).hash(['x', 1, null])).not.toBe(hash(['x', 1, null]))
})

test('parts do not run into one another', async () => {
  const { hash } = await createSaltedHasher('')
  expect(hash(['ab', 'c'])).not.toBe(hash(['a', 'bc']))
  expect(hash(['1'])).not.toBe(hash([1]))
})

test('a digest is of the view alone, and of every byte of it', async () => {
  const { digest } = await createSaltedHasher('')
  const whole = Int16Array.of(1, 2, 3, 4)
  expect(digest(whole.subarray(1, 3))).toBe(digest(Int16Array.of(2, 3)))
  const changed = new Int16Array(3_000_000)
  const plain = digest(changed)
  changed[2_345_678] = 1
  expect(digest(changed)).not.toBe(plain)
})
