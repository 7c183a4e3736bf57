import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { ensurePython } from './python.ts'

const ROOT = resolve(import.meta.dirname, '..')
const TRAINING = resolve(ROOT, 'training')

/** Where the full-size pack lies once it is made; `npm run bench` measures it where it is there. */
export const FULL_PACK = resolve(TRAINING, 'runs/full/ct-clip-random')

function runScript(name: string, args: readonly string[]): void {
  process.stdout.write(`\npython -m scripts.${name} ${args.join(' ')}\n`)
  const { status } = spawnSync(ensurePython(), ['-m', `scripts.${name}`, ...args], { cwd: TRAINING, stdio: 'inherit' })
  if (status !== 0) throw new Error(`scripts.${name} failed`)
}

/**
 * CT-CLIP at its own size with random weights, and a Whisper-base encoder beside it: checkpoint of the true names and
 * shapes → pack, as a researcher makes it. Needs 5 GB of disk and 8 GB of memory.
 * @param variants of the CT graphs, e.g. `int8,fp32`
 */
export function makeFullPack(variants: string): string {
  const folder = resolve(FULL_PACK, '..')
  mkdirSync(folder, { recursive: true })
  const checkpoint = resolve(folder, 'CT-CLIP_v2.pt')
  const speech = resolve(folder, 'speech')
  if (!existsSync(checkpoint)) runScript('make_random_checkpoint', ['--full', '--out', checkpoint])
  runScript('export_speech', ['--encoder', 'whisper', '--weights', 'random', '--out', speech])
  const given = ['--checkpoint', checkpoint, '--speech', speech, '--variants', variants]
  const told = ['--title', 'CT-CLIP’s size, random weights', '--trained-on', 'Nothing: its weights are random.']
  runScript('export_ct_clip', [...given, ...told, '--out', FULL_PACK])
  return FULL_PACK
}
