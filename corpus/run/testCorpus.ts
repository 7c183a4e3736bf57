import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type IndexEntry, readIndex } from './expectation.ts'
import { ROOT } from './folders.ts'
import { describeFuzz, fuzzAll, isMutantGood } from './fuzz/fuzzAll.ts'
import { judgeCorpus } from './judgeCorpus.ts'
import { makeCorpus } from './makeCorpus.ts'
import { chooseSubset } from './subset.ts'
import { describeAll, isGood } from './tally.ts'

/*
 * `npm run test:corpus [-- TEXT]`: every item of the corpus, or those whose kind or id holds TEXT, through the app's own
 * code, each within 20 s and 1 GB, and of the whole also mutants. `--subset`: what `npm test` runs. Fails where anything
 * is not as it should be.
 */

const MUTANTS = 200

const args = process.argv.slice(2)
const isSubset = args.includes('--subset')
const wanted = args.find((arg) => !arg.startsWith('--')) ?? ''

function choose(items: readonly IndexEntry[]): readonly IndexEntry[] {
  if (!isSubset) return items.filter(({ id, kind }) => id.includes(wanted) || kind.includes(wanted))
  return chooseSubset(items)
}

function report(lines: readonly string[]): void {
  process.stdout.write(`\n${lines.join('\n')}\n`)
}

makeCorpus()
const { seed, items } = readIndex()
const chosen = choose(items)
const startedAt = Date.now()
let done = 0
const judged = await judgeCorpus(chosen, () => {
  done++
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${chosen.length}`)
})
report([...describeAll(judged), `seed ${seed}, ${Math.round((Date.now() - startedAt) / 1000)} s`])
if (isSubset) {
  const passed = judged.filter(isGood).length
  const count = { passed, failed: judged.length - passed, skipped: 0 }
  const target = resolve(ROOT, 'test-results/corpus.json')
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, JSON.stringify(count))
}
const fuzzed = isSubset || wanted !== '' ? [] : await fuzzAll(seed, MUTANTS, () => undefined)
if (fuzzed.length > 0) report(describeFuzz(fuzzed))
process.exitCode = judged.every(isGood) && fuzzed.every(isMutantGood) ? 0 : 1
