import { bundleForNode } from '../../../scripts/bundleForNode.ts'
import type { Item } from '../expectation.ts'
import { BUNDLES } from '../folders.ts'
import { askAll, MOST_BYTES } from '../itemPool.ts'
import type { MutantAnswer } from './fuzzProcess.ts'
import type { MutantVerdict } from './judgeMutant.ts'
import { makeMutant, readBases } from './mutant.ts'

export interface Fuzzed {
  readonly seed: number
  readonly answer: MutantAnswer
}

/** Opens `count` mutants, the seeds of which follow from `seed`. */
export async function fuzzAll(seed: number, count: number, onAnswer: () => void): Promise<Fuzzed[]> {
  const fuzzed: Fuzzed[] = []
  const bases = readBases()
  const seeds = Array.from({ length: count }, (_, n) => seed * 1_000_003 + n)
  await askAll<number, MutantAnswer>(seeds, {
    program: await bundleForNode('corpus/run/fuzz/fuzzProcess.ts', BUNDLES),
    onFail: (verdict, reason) => ({
      verdict,
      reason,
      mutation: '?',
      group: 'structure',
      base: '?',
      path: '?',
      peakBytes: 0,
    }),
    isFailure: ({ verdict, peakBytes }) => /^(too slow|crashed)$/.test(verdict) || peakBytes > MOST_BYTES,
    onAnswer(mutant, given) {
      // A process that was ended could not say what it was about.
      const known = given.base === '?' ? { ...given, ...describeMutant(mutant, bases) } : given
      const answer: MutantAnswer = known.peakBytes > MOST_BYTES ? { ...known, verdict: 'too large' } : known
      fuzzed.push({ seed: mutant, answer })
      onAnswer()
    },
  })
  return fuzzed.sort((a, b) => a.seed - b.seed)
}

function describeMutant(seed: number, bases: readonly Item[]) {
  const { item, path, mutation, group } = makeMutant(seed, bases)
  return { base: item.id, path, mutation, group }
}

/** Of a flip nothing need be said; whatever else is not the source's must be. */
export const isMutantGood = ({ answer: { verdict, group } }: Fuzzed): boolean =>
  verdict === 'right' || verdict === 'named' || (verdict === 'unnoticed' && group === 'flip')

const VERDICTS: readonly MutantVerdict[] = [
  'right',
  'named',
  'unnoticed',
  'another frame',
  'others lost',
  'too slow',
  'too large',
  'crashed',
]

function describeCounts(fuzzed: readonly Fuzzed[]): string {
  return VERDICTS.flatMap((verdict) => {
    const count = fuzzed.filter(({ answer }) => answer.verdict === verdict).length
    return count > 0 ? [`${count} ${verdict}`] : []
  }).join(', ')
}

/** Faults, a line a mutation, and of the flips the rate of detection a codec. */
export function describeFuzz(fuzzed: readonly Fuzzed[]): string[] {
  const mutations = [...new Set(fuzzed.map(({ answer }) => answer.mutation))].sort()
  const flips = fuzzed.filter(({ answer }) => answer.group === 'flip')
  const bases = [...new Set(flips.map(({ answer }) => answer.base))].sort()
  return [
    ...fuzzed
      .filter((one) => !isMutantGood(one))
      .map(({ seed, answer }) =>
        `  ${answer.verdict}: seed ${seed} ${answer.mutation} of ${answer.base}/${answer.path} ${answer.reason}`.slice(
          0,
          400,
        ),
      ),
    '',
    ...mutations.map(
      (name) => `${name.padEnd(28)} ${describeCounts(fuzzed.filter(({ answer }) => answer.mutation === name))}`,
    ),
    '',
    'flips inside the data that changed pixels, and were found:',
    ...bases.map(
      (base) => `${base.padEnd(28)} ${describeDetection(flips.filter(({ answer }) => answer.base === base))}`,
    ),
    '',
    `${fuzzed.length} mutants: ${describeCounts(fuzzed)}`,
  ]
}

function describeDetection(flips: readonly Fuzzed[]): string {
  const harmful = flips.filter(({ answer }) => answer.verdict !== 'right')
  const found = harmful.filter(({ answer }) => answer.verdict === 'named')
  const share = harmful.length === 0 ? '' : ` (${Math.round((100 * found.length) / harmful.length)} %)`
  return `${found.length} of ${harmful.length}${share}`
}
