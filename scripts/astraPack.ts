import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ensurePython } from './python.ts'

const ROOT = resolve(import.meta.dirname, '..')
const TRAINING = resolve(ROOT, 'training')
const SHARED = resolve(ROOT, '../shared/data')
const FOLDER = resolve(TRAINING, 'runs/astra')
/** In the archive; the other kinds of copies are asked with. */
const KEPT = 'original,spacing,smoothed,noisy,every-second-slice'
const ASKED = 'cropped,every-fifth-slice'

export interface AstraPack {
  readonly pack: string
  /** Folder of the copies that are asked with: <scan>--<alteration>.nii.gz. */
  readonly queries: string
  /** The pack aligned with phantoms and their reports: what it learns says nothing of patients, only that the whole way works. */
  readonly aligned: string
}

/** Phantoms of the internal test: some ten seconds of a core each. */
const ALIGNED_WITH = 80

function runScript(name: string, args: readonly string[]): { status: number; stderr: string } {
  process.stdout.write(`\npython -m scripts.${name} ${args.join(' ')}\n`)
  const { status, stderr } = spawnSync(ensurePython(), ['-m', `scripts.${name}`, ...args], {
    cwd: TRAINING,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  process.stderr.write(stderr)
  return { status: status ?? 1, stderr }
}

function need(name: string, args: readonly string[]): void {
  if (runScript(name, args).status !== 0) throw new Error(`scripts.${name} failed`)
}

/**
 * The real encoder over an archive of the shared scans and their altered copies, compared with the published package's
 * numbers. Gives a sentence where the scans or a network for the weights are missing; throws where anything else fails.
 */
export function makeAstraPack(): AstraPack | string {
  if (!existsSync(SHARED)) return `${SHARED} is missing: no real scans`
  mkdirSync(FOLDER, { recursive: true })
  const [archive, queries, pack] = ['archive', 'queries', 'astra'].map((name) => resolve(FOLDER, name))
  need('make_altered_scans', ['--scans', SHARED, '--kinds', KEPT, '--out', archive])
  need('make_altered_scans', ['--scans', SHARED, '--kinds', ASKED, '--out', queries])
  const { status, stderr } = runScript('export_astra', ['--archive', archive, '--out', pack])
  const unreachable = stderr.split('\n').find((line) => line.includes("can't be fetched"))
  if (unreachable !== undefined) return unreachable
  if (status !== 0) throw new Error('scripts.export_astra failed')
  need('compare_astra', ['--pack', pack, '--data', SHARED])
  return { pack, queries, aligned: alignPack(pack) }
}

/** What is said of each phantom, as `align` takes it. */
function writeReports(features: string): string {
  const table = resolve(FOLDER, 'reports.csv')
  const lines = readFileSync(resolve(features, 'index.jsonl'), 'utf8').trim().split('\n')
  const rows = lines.map((line) => JSON.parse(line)).map(({ id, report }) => `${id},"${report.replaceAll('"', '""')}"`)
  writeFileSync(table, `id,report\n${rows.join('\n')}\n`)
  return table
}

function alignPack(pack: string): string {
  const [features, out] = ['phantoms', 'aligned'].map((name) => resolve(FOLDER, name))
  need('embed_features', ['--pack', pack, '--phantoms', `internal:0:${ALIGNED_WITH}`, '--out', features])
  need('align', ['--features', features, '--reports', writeReports(features), '--pack', pack, '--out', out])
  return out
}
