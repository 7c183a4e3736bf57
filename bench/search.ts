import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensurePython } from '../scripts/python.ts'
import { inBenchPage } from './benchPage.ts'
import type { SearchRequest, SearchTimes } from './pages/search.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

const ROOT = resolve(import.meta.dirname, '..')
const DIMENSION = 512
const QUERIES = 20
const NEAREST = 10
/** Of these the ten best are taken; so many are scored again from the file. */
const CANDIDATES = 50
/** Where the peers lie: they are no part of the product's or of training's requirements. */
const PEERS = resolve(ROOT, 'node_modules/.cache/bench-peers')

interface Peers {
  readonly faiss_ms: number[]
  readonly usearch_ms: number[]
  readonly nearest: number[][]
}

function runPython(args: readonly string[]): string {
  const env = { ...process.env, PYTHONPATH: PEERS }
  const { stdout, stderr, status } = spawnSync(ensurePython(), args, { cwd: ROOT, encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`)
  return stdout
}

function installPeers(): void {
  if (existsSync(join(PEERS, 'usearch'))) return
  runPython(['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', PEERS, '-r', 'bench/requirements.txt'])
}

/** Draws a library of `count` vectors, searches it in Chromium and with FAISS and usearch, a query at a time. */
async function measureCount(count: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'voxct-search-'))
  try {
    const like = ['--like', 'public/models/phantom-mini/library.bin', '--dimension', '128']
    const size = ['--count', String(count), '--width', String(DIMENSION), '--queries', String(QUERIES)]
    const peers: Peers = JSON.parse(runPython(['bench/search_peer.py', ...like, ...size, '--out', folder]))
    const request: SearchRequest = { folder: 'vectors', dimension: DIMENSION, count: CANDIDATES }
    const ours = await inBenchPage<SearchTimes>('search', 'measureSearch', request, { vectors: folder }, 'keeping')
    const found = peers.nearest.flatMap((places, query) => {
      const own = ours.places[query].slice(0, NEAREST)
      return places.filter((place) => own.includes(place))
    }).length
    const what = `Search of ${count.toLocaleString('en')} × ${DIMENSION}, exact ten nearest`
    const ms = median(ours.searchMs)
    return [
      { what, value: formatMs(ms), peer: against(ms, median(peers.faiss_ms), 'FAISS flat') },
      { what: 'The same', value: formatMs(ms), peer: against(ms, median(peers.usearch_ms), 'usearch, exact') },
      { what: 'The same: of the ten nearest by FAISS', value: `${found} of ${QUERIES * NEAREST}`, peer: '' },
      { what: 'The same: opened from the browser’s storage', value: formatMs(ours.openMs), peer: '' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** CT-RATE's 50,188 scans, and a library of a million (2 GB, twice on disk meanwhile). `VOXCT_BENCH_CASES` names other counts. */
export async function measureSearch(): Promise<Row[]> {
  installPeers()
  const counts = (process.env.VOXCT_BENCH_CASES ?? '50188,1000000').split(',').map(Number)
  const rows: Row[] = []
  for (const count of counts) rows.push(...(await measureCount(count)))
  return rows
}
