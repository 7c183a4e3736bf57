import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Manifest } from './manifest.ts'
import { isSameSpeech } from './sameSpeech.ts'

const readTiny = (): Manifest =>
  JSON.parse(readFileSync(new URL('../../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8'))

it('knows the same encoder in the folder of another pack', () => {
  const [one, other] = [readTiny(), readTiny()]
  Object.assign(other.speech!.encoder[0], { pack: 'tiny', file: 'other-name.onnx' })
  expect(isSameSpeech(one, other)).toBe(true)
})

it('tells other weights, other windows and no speech at all apart', () => {
  const [one, weights, windows, none] = [readTiny(), readTiny(), readTiny(), readTiny()]
  weights.speech!.encoder[0].sha256 = '0'.repeat(64)
  windows.speech!.windowSeconds += 1
  delete none.speech
  for (const other of [weights, windows, none]) expect(isSameSpeech(one, other)).toBe(false)
  expect(isSameSpeech(none, none)).toBe(false)
})
