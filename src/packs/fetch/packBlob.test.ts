import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { FetchLike } from './fetchPack.ts'
import { openPackFileBlob } from './packBlob.ts'

const BYTES = Uint8Array.from({ length: 20_000_000 }, (_, n) => (n * 7) % 251)
const FILE = { file: 'ct.data', bytes: BYTES.length, sha256: createHash('sha256').update(BYTES).digest('hex') }
const CHUNK = 1_000_003

const stream = (end: 'whole' | 'broken') => {
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (end === 'broken' && at > 0) return controller.error(new TypeError('network error'))
      controller.enqueue(BYTES.slice(at, at + CHUNK))
      at += CHUNK
      if (at >= BYTES.length) controller.close()
    },
  })
}
const answer =
  (body: BodyInit | null, init?: ResponseInit): FetchLike =>
  async () =>
    new Response(body, init)
const open = (fetchUrl: FetchLike, file = FILE) => openPackFileBlob('/m/', file, undefined, fetchUrl)
const codeOf = async (fetchUrl: FetchLike, file = FILE) => {
  const opened = await open(fetchUrl, file)
  return opened.ok ? 'opened' : opened.problem.code
}

it('gives a large file of the server as a Blob of the same bytes', async () => {
  const opened = await open(answer(stream('whole')))
  if (!opened.ok) throw new Error(opened.problem.message)
  expect(opened.value.size).toBe(BYTES.length)
  expect(Buffer.compare(Buffer.from(await opened.value.arrayBuffer()), Buffer.from(BYTES))).toBe(0)
})

it('trusts neither length nor content, and tells a web page and a broken connection', async () => {
  expect(await codeOf(answer(BYTES.slice(0, 99)))).toBe('model-cut-off')
  expect(await codeOf(answer(BYTES), { ...FILE, sha256: '0'.repeat(64) })).toBe('model-corrupt')
  expect(await codeOf(answer('<!doctype html><html></html>'))).toBe('model-html')
  expect(await codeOf(answer(null, { status: 404 }))).toBe('model-missing')
  expect(await codeOf(answer(stream('broken')))).toBe('model-unreachable')
})
