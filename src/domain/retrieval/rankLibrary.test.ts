import { expect, it } from 'vitest'
import type { LibraryCase } from '../model/manifest.ts'
import { openCaseTable, toCaseSource } from './caseTable.ts'
import { openEmbeddings, toEmbeddings } from './embeddings.ts'
import { rankLibrary } from './rankLibrary.ts'

const DIMENSION = 512
const COUNT = 50_000

/** Unit vectors that no sort by place would order; the first number is the cosine with the query, each case its own. */
function drawEmbeddings(count: number): Float32Array {
  const vectors = new Float32Array(count * DIMENSION)
  for (let n = 0; n < count; n++) {
    const cosine = 1 - (2 * ((n * 7919) % count)) / count
    vectors.set([cosine, Math.sqrt(1 - cosine * cosine)], n * DIMENSION)
  }
  return vectors
}

const toExact = (rows: Float32Array) => toEmbeddings(rows, DIMENSION)

const QUERY = Float32Array.from({ length: DIMENSION }, (_, n) => Number(n === 0))

const fileCase = (n: number, part: Partial<LibraryCase> = {}): LibraryCase => ({
  id: `case-${n}`,
  title: `Case ${n}`,
  open: { kind: 'file', path: `train/case ${n}.nii.gz` },
  ...part,
})

const toTable = (cases: readonly object[]) =>
  new TextEncoder().encode(cases.map((one) => `${JSON.stringify(one)}\n`).join(''))

it('ranks a library of 50,000 cases and reads only the lines that it gives, from memory or from the file', async () => {
  const bytes = toTable(Array.from({ length: COUNT }, (_, n) => fileCase(n)))
  // The farthest case is broken: nobody asks for it.
  const farthest = Array.from({ length: COUNT }, (_, n) => n).find((n) => (n * 7919) % COUNT === COUNT - 1) as number
  const line = new TextEncoder().encode(`"case-${farthest}"`)
  bytes.fill(0, Buffer.from(bytes.buffer).indexOf(line), Buffer.from(bytes.buffer).indexOf(line) + 5)
  const table = openCaseTable(bytes, COUNT, 3)
  if (!table.ok) throw new Error(table.problem.message)
  const rows = drawEmbeddings(COUNT)
  const request = { query: QUERY, count: 12, own: null }
  const { cases: ranked } = await rankLibrary(table.value, toExact(rows), request)
  const file = await openEmbeddings(new Blob([rows.buffer as ArrayBuffer]), DIMENSION)
  const nearest = Array.from({ length: 12 }, (_, rank) => {
    const n = Array.from({ length: COUNT }, (_, place) => place).find((place) => (place * 7919) % COUNT === rank)
    return `case-${n}`
  })
  expect(ranked.map(({ found }) => found.id)).toEqual(nearest)
  expect((await rankLibrary(table.value, file, request)).cases).toEqual(ranked)
  expect(ranked[11].cosine).toBeCloseTo(1 - 22 / COUNT, 6)
  expect(() => table.value.get(farthest)).toThrow(`line ${farthest + 1} of its table is not JSON`)
})

it('shows of every scan its best reconstruction, however many there are', async () => {
  // The nearest 600 cases are reconstructions of two scans; a case without a scan is one of its own.
  const cases = Array.from({ length: 620 }, (_, n) => fileCase(n, n < 600 ? { scan: `scan ${n % 2}` } : {}))
  const embeddings = new Float32Array(620 * DIMENSION)
  cases.forEach((_, n) => {
    const angle = n / 1000
    embeddings.set([Math.cos(angle), Math.sin(angle)], n * DIMENSION)
  })
  const { cases: ranked } = await rankLibrary(toCaseSource(cases), toExact(embeddings), {
    query: QUERY,
    count: 4,
    own: null,
  })
  expect(ranked.map(({ found }) => found.id)).toEqual(['case-0', 'case-1', 'case-600', 'case-601'])
})

it('never answers a scan with itself, nor with another reconstruction of it', async () => {
  const cases = [
    fileCase(0, { scan: 'a' }),
    fileCase(1, { scan: 'a' }),
    fileCase(2),
    { id: 'p', title: 'Phantom', open: { kind: 'phantom', seed: 7 } } as const,
  ]
  const embeddings = drawEmbeddings(4)
  const idsFor = async (id: string, fileName: string | null) => {
    const request = { query: QUERY, count: 9, own: { id, fileName } }
    return (await rankLibrary(toCaseSource(cases), toExact(embeddings), request)).cases
      .map(({ found }) => found.id)
      .sort()
  }
  expect(await idsFor('nifti-1', 'case 1.nii.gz')).toEqual(['case-2', 'p'])
  expect(await idsFor('phantom-7', null)).toEqual(['case-0', 'case-2'])
  expect(await idsFor('stranger', 'other.nii.gz')).toEqual(['case-0', 'case-2', 'p'])
})

it('refuses a table of another length, and names the line and the field that is wrong', () => {
  const short = openCaseTable(toTable([fileCase(0)]), 2, 3)
  expect(short.ok ? null : short.problem.message).toContain('should have 2 lines and has 1')
  expect(openCaseTable(new Uint8Array(0), 0, 3).ok).toBe(true)
  const table = openCaseTable(
    toTable([fileCase(0, { labels: [0, 1, 0] }), { id: 'b', title: 5 }, fileCase(2, { labels: [0, 1] })]),
    3,
    3,
  )
  if (!table.ok) throw new Error(table.problem.message)
  expect(table.value.get(0).title).toBe('Case 0')
  expect(() => table.value.get(1)).toThrow('line 2 of its table: title')
  expect(() => table.value.get(2)).toThrow('line 3 of its table: labels: expected 3, but received 2')
})

it('tells what chance has of ten cases on, the median of all', async () => {
  const chanceOf = async (count: number) => {
    const cases = Array.from({ length: count }, (_, n) => fileCase(n))
    const request = { query: QUERY, count: 3, own: null }
    return (await rankLibrary(toCaseSource(cases), toExact(drawEmbeddings(count)), request)).chanceCosine
  }
  expect(await chanceOf(9)).toBeNull()
  expect(await chanceOf(101)).toBeCloseTo(1 - 100 / 101, 5)
})
