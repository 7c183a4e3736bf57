import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FINDING_IDS } from '../phantom/findings/ctRateFindings.ts'
import { inBenchPage } from './benchPage.ts'
import type { LibraryRequest, LibraryTimes } from './pages/library.ts'

const DIMENSION = 512

/** Numbers in [−1, 1) from a linear congruential generator (Numerical Recipes), scaled to unit rows. */
function drawEmbeddings(count: number): Float32Array {
  const vectors = new Float32Array(count * DIMENSION)
  let state = 7
  for (let row = 0; row < count; row++) {
    const values = vectors.subarray(row * DIMENSION, (row + 1) * DIMENSION)
    let squares = 0
    for (let n = 0; n < DIMENSION; n++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      values[n] = state / 2 ** 31 - 1
      squares += values[n] ** 2
    }
    const length = Math.sqrt(squares)
    for (let n = 0; n < DIMENSION; n++) values[n] /= length
  }
  return vectors
}

const toTable = (count: number): Buffer =>
  Buffer.from(
    Array.from({ length: count }, (_, n) => {
      const scan = `valid_${Math.floor(n / 2)}_a`
      const path = `valid/valid_${Math.floor(n / 2)}/${scan}/${scan}_${(n % 2) + 1}.nii.gz`
      const labels = FINDING_IDS.map((_, finding) => Number((n + finding) % 7 === 0))
      return `${JSON.stringify({ id: `${scan}_${(n % 2) + 1}`, title: scan, scan, labels, open: { kind: 'file', path } })}\n`
    }).join(''),
  )

function writeFile(folder: string, file: string, bytes: Buffer) {
  writeFileSync(join(folder, file), bytes)
  return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** A library of `count` cases of 512 numbers, two reconstructions a scan: first and later searches, in Chromium. */
export async function measureLargeLibrary(count: number, repeats: number): Promise<LibraryTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'voxct-library-'))
  try {
    const request: LibraryRequest = {
      baseUrl: 'library/',
      library: {
        embeddings: writeFile(folder, 'embeddings.f32', Buffer.from(drawEmbeddings(count).buffer)),
        labelProvenance: 'drawn',
        cases: [],
        table: { ...writeFile(folder, 'cases.jsonl', toTable(count)), count },
      },
      dimension: DIMENSION,
      findingCount: FINDING_IDS.length,
      repeats,
    }
    return await inBenchPage<LibraryTimes>('library', 'measureLibrary', request, { library: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
