import type { FindingDetails, Side } from '../../findingDetails.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { writeAsserted } from './assertionForms.ts'
import type { Clause } from './clause.ts'
import { listTerms } from './widerTerms.ts'

const TAKE_BACK = ['scratch that', 'strike that', 'correction', 'no wait', 'I take that back', 'delete that', 'sorry']
const REPAIR = ['correction', 'no', 'sorry', 'I mean', 'make that', 'or rather', 'no wait']
const SIDES = ['left', 'right'] as const satisfies readonly Side[]

/** A sentence that takes something back. What was taken back is not stated. */
export function writeCorrection(details: FindingDetails, random: Random): Clause {
  const [{ finding }, word] = [details, random.pick(TAKE_BACK)]
  const share = random.next()
  if (share < 0.35) return repairPlace(details, random)
  if (share < 0.5) {
    const taken = writeAsserted(details, random.pick(['present', 'absent'] as const), random)
    return { text: `${taken.text} ${capital(word)}.`, statuses: {} }
  }
  const turned = random.chance(0.5)
  const first = writeAsserted(details, turned ? 'present' : 'absent', random)
  const second = writeAsserted(details, turned ? 'absent' : 'present', random)
  return {
    text: `${first.text} ${capital(word)}${random.pick(['.', ','])} ${second.text}`,
    statuses: { [finding]: turned ? 'absent' : 'present' },
  }
}

/** "In the left, correction, right lower lobe": the finding stands, its place is another. */
function repairPlace(details: FindingDetails, random: Random): Clause {
  const [wrong, right] = random.shuffle(SIDES)
  const term = random.pick(listTerms(details.finding)).text
  const place = random.pick(['lung', 'upper lobe', 'lower lobe', 'side'])
  const form = random.pick([
    `There is ${term} on the ${wrong}, ${random.pick(REPAIR)}, on the ${right}.`,
    `${term} in the ${wrong}, ${random.pick(REPAIR)}, ${right} ${place}.`,
    `${capital(wrong)}, ${random.pick(REPAIR)}, ${right} ${term}.`,
    `${random.pick(['mild', 'small', 'large'])}, ${random.pick(REPAIR)}, ${random.pick(['moderate', 'tiny'])} ${term}.`,
  ])
  return { text: expandTemplate(form, null, random), statuses: { [details.finding]: 'present' } }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
