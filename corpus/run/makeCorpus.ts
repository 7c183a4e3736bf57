import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ensurePython } from '../../scripts/python.ts'
import { CORPUS, ROOT } from './folders.ts'

const STAMP = resolve(CORPUS, 'made-by.txt')

/** The generator's own text and the seed: equal ones write equal items. */
function toStamp(args: readonly string[]): string {
  const folder = resolve(ROOT, 'corpus')
  const hash = createHash('sha256').update(readFileSync(resolve(folder, 'requirements.txt')))
  const sources = readdirSync(resolve(folder, 'voxct_corpus'), { recursive: true, encoding: 'utf8' })
  for (const name of sources.filter((path) => path.endsWith('.py')).sort()) {
    hash.update(name).update(readFileSync(resolve(folder, 'voxct_corpus', name)))
  }
  return `${hash.digest('hex')} ${args.join(' ')}`
}

/** Writes the corpus with the generator in Python, unless it lies there as this generator writes it. */
export function makeCorpus(args: readonly string[] = []): void {
  const stamp = toStamp(args)
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
  const python = ensurePython('corpus')
  const { status } = spawnSync(python, ['-m', 'voxct_corpus', CORPUS, ...args], {
    cwd: resolve(ROOT, 'corpus'),
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('the corpus could not be made')
  writeFileSync(STAMP, stamp)
}
