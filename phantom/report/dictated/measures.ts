import type { Random } from '../../random.ts'
import { toSpokenCentimetres, toSpokenInteger } from '../spokenNumbers.ts'

/** A size or place as numbers are dictated, to follow a finding: "measuring twelve by nine millimeters". */
export function writeMeasure(random: Random): string {
  const long = 3 + random.below(45)
  const short = Math.max(2, Math.round(long * random.range(0.5, 0.95)))
  const millimetres = `${toSpokenInteger(long)} by ${toSpokenInteger(short)} ${random.pick(['millimeters', 'm m'])}`
  const centimetres = `${toSpokenCentimetres(long)} by ${toSpokenCentimetres(short)} centimeters`
  const page = `on {series ${toSpokenInteger(2 + random.below(8))}|} image ${toSpokenInteger(1 + random.below(300))}`
  return random.pick([
    `measuring ${millimetres}`,
    `measuring ${millimetres}`,
    `of ${centimetres}`,
    `measuring approximately ${toSpokenInteger(long)} millimeters`,
    `up to ${toSpokenInteger(long)} millimeters in {size|diameter|short axis|thickness}`,
    `with ${toSpokenInteger(20 + random.below(500))} hounsfield units`,
    page,
    `previously ${toSpokenInteger(short)} millimeters, now ${toSpokenInteger(long)} millimeters`,
  ])
}
