import { makeCorpus } from '../makeCorpus.ts'
import { describeFuzz, fuzzAll, isMutantGood } from './fuzzAll.ts'

/* `npm run fuzz [-- COUNT SEED]`: opens mutants of sound items, 2,000 unless told otherwise. */

const [count = '2000', seed = '1'] = process.argv.slice(2)
makeCorpus()
const startedAt = Date.now()
let done = 0
const fuzzed = await fuzzAll(Number(seed), Number(count), () => {
  done++
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count}`)
})
const seconds = Math.round((Date.now() - startedAt) / 1000)
process.stdout.write(`\n${describeFuzz(fuzzed).join('\n')}\nseed ${seed}, ${seconds} s\n`)
process.exitCode = fuzzed.every(isMutantGood) ? 0 : 1
