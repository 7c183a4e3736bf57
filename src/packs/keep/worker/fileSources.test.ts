import { describe, expect, it } from 'vitest'
import { ReadError } from '../../../base/streamHash.ts'
import { urlSource } from './fileSources.ts'

const FILE = { file: 'ct.data', bytes: 10, sha256: '0'.repeat(64) }
const { signal } = new AbortController()

/** Answers in turn, and writes down the range of each request. */
function serve(...answers: (() => Response)[]) {
  const ranges: (string | null)[] = []
  const source = urlSource('/packs/a/', async (_, init) => {
    ranges.push(new Headers(init.headers).get('range'))
    return answers[ranges.length - 1]()
  })
  return { source, ranges }
}
const part = (text: string, range: string) => () =>
  new Response(text, { status: 206, headers: { 'content-range': range } })
const whole = () => new Response('0123456789')

async function openAt(from: number, ...answers: (() => Response)[]) {
  const { source, ranges } = serve(...answers)
  const opened = await source.open(FILE, from, signal)
  if (!opened.ok) return { code: opened.problem.code, ranges }
  return { from: opened.value.from, text: await new Response(opened.value.stream).text(), ranges }
}

describe('a file of the server', () => {
  it('is asked for whole at first, later from where it stopped', async () => {
    expect(await openAt(0, whole)).toEqual({ from: 0, text: '0123456789', ranges: [null] })
    const rest = part('789', 'bytes 7-9/10')
    expect(await openAt(7, rest)).toEqual({ from: 7, text: '789', ranges: ['bytes=7-'] })
  })

  it('comes from the start where the server does not understand, or gives another part than was asked for', async () => {
    expect(await openAt(7, whole)).toEqual({ from: 0, text: '0123456789', ranges: ['bytes=7-'] })
    const ranges = ['bytes=7-', null]
    expect(await openAt(7, part('56', 'bytes 5-6/10'), whole)).toEqual({ from: 0, text: '0123456789', ranges })
    expect(await openAt(7, part('789', 'bytes'), whole)).toEqual({ from: 0, text: '0123456789', ranges })
    expect(await openAt(7, () => new Response(null, { status: 416 }), whole)).toMatchObject({ from: 0, ranges })
  })

  it('that is missing or a web page is refused', async () => {
    expect(await openAt(0, () => new Response(null, { status: 404 }))).toMatchObject({ code: 'model-missing' })
    const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    expect(await openAt(0, page)).toMatchObject({ code: 'model-html' })
  })

  it('may be tried again where the connection failed', async () => {
    const source = urlSource('/packs/a/', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(source.open(FILE, 0, signal)).rejects.toBeInstanceOf(ReadError)
  })
})
