import { decodeInNode } from '../../../src/viewer/dicom/testing/nodeDecoder.ts'
import { planeOf } from '../expectation.ts'
import { openDrop } from '../openItem.ts'
import { judgeMutant, type MutantJudgement } from './judgeMutant.ts'
import { makeMutant, readBases } from './mutant.ts'

/* The process that mutants are opened in: told a seed, it makes the mutant and answers with what came of it. */

export interface MutantAnswer extends MutantJudgement {
  readonly mutation: string
  readonly group: string
  readonly base: string
  readonly path: string
  readonly peakBytes: number
}

console.log = () => undefined
console.warn = () => undefined

const bases = readBases()

const foreignTo = (id: string): Int16Array[] =>
  bases
    .filter((base) => base.id !== id)
    .flatMap((base) => base.scans.flatMap((scan) => scan.files.map((_, plane) => planeOf(base, scan, plane))))

process.on('message', async (seed: number) => {
  const { item, path, mutation, group, contents } = makeMutant(seed, bases)
  const told = { mutation, group, base: item.id, path }
  const peakBytes = () => process.resourceUsage().maxRSS * 1024
  try {
    const drop = await openDrop(contents, decodeInNode)
    const judgement = judgeMutant(item, path, drop, foreignTo(item.id))
    process.send?.({ ...told, ...judgement, peakBytes: peakBytes() } satisfies MutantAnswer)
  } catch (thrown) {
    const reason = thrown instanceof Error ? `${thrown.message} ${thrown.stack?.split('\n')[1] ?? ''}` : String(thrown)
    process.send?.({ ...told, verdict: 'crashed', reason, peakBytes: peakBytes() } satisfies MutantAnswer)
  }
})

process.send?.('ready')
