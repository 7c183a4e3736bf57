import type { FindingDetails } from '../../findingDetails.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { FINDING_LEXICON } from '../findingLexicon.ts'
import { fillFrameWith } from '../findingSentences.ts'
import type { Clause, FindingStatus, FindingStatuses } from './clause.ts'
import { listTerms } from './widerTerms.ts'

/** `A` present nouns, `N` denied nouns, `U` a doubtful one. */
const FORMS = [
  'There is A.',
  'A.',
  'A, no N.',
  'There is A but no N.',
  'A without {evidence of|} N.',
  'No N, but {there is|I see} A.',
  'No N.',
  'Neither N.',
  'There is neither N.',
  'N are not {seen|present|identified}.',
  'A, U cannot be excluded.',
  'A with possible U.',
  'A, no N, and possibly U.',
  'A and no N, U is questionable.',
  'No other {findings|abnormality}, only A, in particular no N.',
  'While A is seen, N is not.',
]
const COUNTS = { A: [1, 2, 2, 3, 4], N: [1, 2, 2, 3], U: [1] } as const

/** One sentence that states several findings, of one or several statuses. `take` gives a finding not yet said. */
export function writeSeveralInOneBreath(take: () => FindingDetails, random: Random): Clause {
  const form = random.pick(FORMS)
  const statuses: FindingStatuses = {}
  const fill = (status: FindingStatus, count: number, full: boolean): string[] =>
    Array.from({ length: count }, () => {
      const details = take()
      statuses[details.finding] = status
      return writeNoun(details, full, random)
    })
  const neither = form.includes('either N')
  const list = (slot: 'A' | 'N' | 'U') => {
    const least = (slot === 'N' && neither) || form === 'A.' || form === 'No N.' || form.startsWith('N are') ? 2 : 1
    const count = Math.max(least, random.pick(COUNTS[slot]))
    const word =
      slot === 'A'
        ? random.pick(['and', 'and', 'with', 'plus'])
        : neither
          ? 'nor'
          : random.pick(['or', 'or', 'nor', 'and no'])
    return joinNouns(fill(SLOTS[slot], count, slot === 'A'), form.startsWith('N are') ? 'and' : word, neither)
  }
  const text = form.replace(/\b[ANU]\b/g, (slot) => list(slot as 'A' | 'N' | 'U'))
  return { text: expandTemplate(text, null, random), statuses }
}

const SLOTS = { A: 'present', N: 'absent', U: 'uncertain' } as const

function writeNoun(details: FindingDetails, full: boolean, random: Random): string {
  const term = random.pick(listTerms(details.finding))
  const noun = fillFrameWith(full ? 'NP WHERE' : 'T', term, FINDING_LEXICON[details.finding], details, random)
  return term.text.startsWith(noun.slice(0, 4)) ? noun : noun.charAt(0).toLowerCase() + noun.slice(1)
}

function joinNouns(nouns: readonly string[], word: string, each: boolean): string {
  if (each) return nouns.join(` ${word} `)
  if (nouns.length === 1) return nouns[0]
  return `${nouns.slice(0, -1).join(', ')} ${word} ${nouns[nouns.length - 1]}`
}
