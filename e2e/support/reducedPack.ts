import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ensurePython } from '../../scripts/python.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = resolve(ROOT, 'test-results/reduced')
/** The pack's folder, whose name is its id. */
const PACK = resolve(FOLDER, 'ct-clip-reduced')

function run(name: string, args: readonly string[]): void {
  const options = { cwd: resolve(ROOT, 'training'), encoding: 'utf8' } as const
  const { status, stderr } = spawnSync(ensurePython(), ['-m', `scripts.${name}`, ...args], options)
  if (status !== 0) throw new Error(`scripts.${name} failed: ${stderr}`)
}

/**
 * CT-CLIP's architecture at reduced size with random weights, by the way a researcher goes: a checkpoint of the true
 * names → export_ct_clip → a pack with every variant. Made once a run of the tests.
 */
export function makeReducedPack(): string {
  if (existsSync(resolve(PACK, 'manifest.json'))) return PACK
  const checkpoint = resolve(FOLDER, 'CT-CLIP_v2.pt')
  run('make_random_checkpoint', ['--out', checkpoint])
  const variants = ['--variants', 'q8,int8,fp32', '--min-cosine', '0.95']
  run('export_ct_clip', ['--checkpoint', checkpoint, '--out', PACK, ...variants])
  return PACK
}
