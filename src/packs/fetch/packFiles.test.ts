import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PackFile } from '../../domain/model/manifest.ts'
import { type FetchLike, fetchPackFile, loadPackFile, loadPackList } from './packFiles.ts'
import { loadManifest } from './packManifest.ts'

const BYTES = Uint8Array.from({ length: 5000 }, (_, n) => (n * 7) % 251)
const sha256 = createHash('sha256').update(BYTES).digest('hex')
const FILE: PackFile = { file: 'trunk.onnx', bytes: BYTES.length, sha256 }
const BINARY = { headers: { 'content-type': 'application/octet-stream' } }

const answer =
  (body: BodyInit | null, init: ResponseInit = BINARY): FetchLike =>
  () =>
    Promise.resolve(new Response(body, init))

const load = (fetchUrl: FetchLike, file = FILE) => loadPackFile('/models/tiny/', file, undefined, fetchUrl)

async function problemOf(fetchUrl: FetchLike, file = FILE) {
  const result = await load(fetchUrl, file)
  if (result.ok) throw new Error('was accepted')
  expect(result.problem.message).toContain(file.file)
  expect(result.problem.nextStep).not.toBe('')
  return result.problem
}

function brokenStream(): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError('network error'))
      else controller.enqueue(BYTES.slice(0, 1200))
      sent = true
    },
  })
}

describe('loadPackFile', () => {
  it('returns the bytes when length and sha256 agree, and reports progress up to the end', async () => {
    const seen: number[] = []
    const result = await loadPackFile('/m/', FILE, (received) => seen.push(received), answer(BYTES))
    expect(result).toEqual({ ok: true, value: BYTES })
    expect(seen.at(-1)).toBe(5000)
  })

  it('asks for the file beside the manifest and lets the server confirm the cached copy', async () => {
    const asked: [string, RequestCache][] = []
    await load((url, init) => {
      asked.push([url, init.cache])
      return answer(BYTES)(url, init)
    })
    expect(asked).toEqual([['/models/tiny/trunk.onnx', 'no-cache']])
  })

  it('asks for a shared file in the folder of the other pack', async () => {
    const asked: string[] = []
    await load(
      (url, init) => {
        asked.push(new URL(url, 'http://localhost').pathname)
        return answer(BYTES)(url, init)
      },
      { ...FILE, pack: 'other' },
    )
    expect(asked).toEqual(['/models/other/trunk.onnx'])
  })

  it('tells a missing file from a server in trouble', async () => {
    expect((await problemOf(answer('no', { status: 404 }))).code).toBe('model-missing')
    expect((await problemOf(answer('no', { status: 503 }))).code).toBe('model-unreachable')
    expect((await problemOf(() => Promise.reject(new TypeError('Failed to fetch')))).message).toContain(
      'Failed to fetch',
    )
  })

  it('refuses a web page with status 200, by its type and by its content', async () => {
    const page = '<!doctype html><html><body>VoxCT</body></html>'
    expect((await problemOf(answer(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }))).code).toBe(
      'model-html',
    )
    expect((await problemOf(answer(`\n ${page}`))).code).toBe('model-html')
    expect((await problemOf(answer(page.padEnd(9000)))).code).toBe('model-html')
  })

  it('accepts numbers that happen to begin with the byte of "<"', async () => {
    const numbers = Uint8Array.of(0x3c, 1, 2, 3)
    const file = { file: 'a.bin', bytes: 4, sha256: createHash('sha256').update(numbers).digest('hex') }
    expect((await load(answer(numbers), file)).ok).toBe(true)
  })

  it('calls a short, a long and a broken download cut off', async () => {
    const short = await problemOf(answer(BYTES.slice(0, 4999)))
    expect(short.code).toBe('model-cut-off')
    expect(short.message).toContain('should have 5000 bytes, but 4999 arrived')
    expect((await problemOf(answer(new Uint8Array(5001)))).code).toBe('model-cut-off')
    const broken = await problemOf(answer(brokenStream()))
    expect(broken.code).toBe('model-cut-off')
    expect(broken.message).toContain('broke after 1200')
    expect((await problemOf(answer(null))).code).toBe('model-cut-off')
  })

  it('refuses one changed bit', async () => {
    const changed = BYTES.slice()
    changed[4321] ^= 1
    expect((await problemOf(answer(changed))).code).toBe('model-corrupt')
  })
})

it('fetchPackFile gives the buffer or rejects with the problem', async () => {
  const buffer = await fetchPackFile('/m/', FILE, undefined, answer(BYTES))
  expect(new Uint8Array(buffer)).toEqual(BYTES)
  await expect(fetchPackFile('/m/', FILE, undefined, answer('', { status: 404 }))).rejects.toMatchObject({
    name: 'ProblemError',
    problem: { code: 'model-missing' },
  })
})

describe('loadManifest', () => {
  const valid = readFileSync(new URL('../../../fixtures/manifests/valid/tiny.json', import.meta.url), 'utf8')
  const codeOf = async (fetchUrl: FetchLike) => {
    const result = await loadManifest('/models/tiny/', fetchUrl)
    return result.ok ? 'accepted' : result.problem.code
  }

  it('reads a valid manifest', async () => {
    const result = await loadManifest('/models/tiny/', answer(valid))
    expect(result.ok && result.value.id).toBe('tiny')
  })

  it('names each way of failing', async () => {
    expect(await codeOf(() => Promise.reject(new TypeError('offline')))).toBe('manifest-unreachable')
    expect(await codeOf(answer('', { status: 404 }))).toBe('manifest-unreachable')
    expect(await codeOf(answer('<!doctype html>'))).toBe('model-html')
    expect(await codeOf(answer(valid.slice(0, 500)))).toBe('manifest-invalid')
    expect(await codeOf(answer('{"schema":"voxct-pack/1"}'))).toBe('manifest-invalid')
  })
})

describe('loadPackList', () => {
  const codeOf = async (fetchUrl: FetchLike) => {
    const result = await loadPackList('/models/packs.json', fetchUrl)
    return result.ok ? result.value.map(({ id }) => id) : result.problem.code
  }

  it('reads the list, and names each way of failing', async () => {
    const packs = [{ id: 'tiny', title: 'Tiny', line: '' }]
    expect(await codeOf(answer(JSON.stringify({ schema: 'voxct-packs/1', packs })))).toEqual(['tiny'])
    expect(await codeOf(answer('', { status: 404 }))).toBe('packs-unreachable')
    expect(await codeOf(answer('<!doctype html>'))).toBe('packs-unreachable')
    expect(await codeOf(answer('{"schema":"voxct-packs/1","packs":[]}'))).toBe('packs-invalid')
  })
})
