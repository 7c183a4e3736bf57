import { bundleForNode } from '../../scripts/bundleForNode.ts'
import type { IndexEntry } from './expectation.ts'
import { BUNDLES } from './folders.ts'
import { type Answer, askAll, MOST_BYTES } from './itemPool.ts'
import type { Judged } from './tally.ts'

const onFail = (verdict: 'too slow' | 'crashed', reason: string): Answer => ({
  verdict,
  reason,
  nameless: [],
  milliseconds: 0,
  peakBytes: 0,
})

const isFailure = ({ verdict, peakBytes }: Answer) =>
  verdict === 'too slow' || verdict === 'crashed' || peakBytes > MOST_BYTES

/** Opens every item in a process that is ended at its limits, and judges what came; in the order of `items`. */
export async function judgeCorpus(items: readonly IndexEntry[], onJudged: (judged: Judged) => void): Promise<Judged[]> {
  const answers = new Map<string, Judged>()
  await askAll<string, Answer>(
    items.map(({ id }) => id),
    {
      program: await bundleForNode('corpus/run/itemProcess.ts', BUNDLES),
      onFail,
      isFailure,
      onAnswer(id, given) {
        const entry = items.find((item) => item.id === id) as IndexEntry
        const tooLarge = given.peakBytes > MOST_BYTES
        const answer: Answer = tooLarge
          ? { ...given, verdict: 'too large', reason: `${given.peakBytes >> 20} MiB` }
          : given
        const judged = { ...entry, answer }
        answers.set(id, judged)
        onJudged(judged)
      },
    },
  )
  return items.flatMap(({ id }) => answers.get(id) ?? [])
}
