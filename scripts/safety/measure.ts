import { cpus } from 'node:os'
import { createPhantomCase } from '../../phantom/phantomCase.ts'
import { toPhantomSeed } from '../../phantom/splits.ts'
import { createHeatPlacer, type HeatPlace } from '../../src/domain/safety/heatPlace.ts'
import { type SeenScan, toAlerts, toWantedHeat } from '../../src/domain/safety/toAlerts.ts'
import { toVocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { createWordsDictation, dictateTruth, type ScriptedDictation, writeDictations } from './dictations.ts'
import { type Judged, judge, toFindingsTable, toTable } from './rates.ts'
import { openSeeingPack, type SeenCase } from './seeCases.ts'

/*
 * `npm run measure:safety -- [N] [develop]`: N external phantoms (240) as the bundled pack sees them, each with a dictation that a script writes
 * from what was drawn: without a fault, with one finding left out, with the side of one finding swapped. Prints what the safety net
 * catches, and its false alerts a report (all that are not the fault's), by alert budget: once with what a perfect reader would
 * state, once with the words of the phantom's report as the app reads them. `develop`: internal phantoms, by which the limits were
 * chosen. Some seconds a phantom the first time; what was seen is kept in node_modules/.cache/safety.
 */

const BUDGETS = [1, 2, 3, 5]
const isDevelop = process.argv.includes('develop')
const wanted = Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 240)

const pack = await openSeeingPack('public/models/phantom-mini', 'node_modules/.cache/safety/seen')
const { ct, findings } = pack.manifest
const tokens = ct.tokenGrid[0] * ct.tokenGrid[1] * ct.tokenGrid[2]
const ways = [
  { name: 'Stated as a perfect reader would', dictate: dictateTruth, judged: [] as Judged[] },
  {
    name: 'Read from the words of the report',
    dictate: createWordsDictation(toVocabulary(findings)),
    judged: [] as Judged[],
  },
]

/** What the app would know of the scan when this dictation is closed. */
function toScan(seen: SeenCase, { utterances }: ScriptedDictation): SeenScan | { why: string } {
  if (seen.isForeign) return { why: 'The scores do not apply to it.' }
  const toPlace = createHeatPlacer(ct.tokenGrid, seen.placement, seen.body)
  const heat = new Map<string, HeatPlace>()
  for (const id of toWantedHeat(seen.findings, utterances)) {
    const row = findings.findIndex((finding) => finding.id === id)
    heat.set(id, toPlace(seen.heat.subarray(row * tokens, (row + 1) * tokens)))
  }
  return { findings: seen.findings, heat }
}

let foreign = 0
for (let n = 0; n < wanted; n++) {
  const phantom = createPhantomCase(toPhantomSeed(isDevelop ? 'internal' : 'external', n))
  const seen = await pack.see(phantom)
  if (seen.isForeign) foreign++
  for (const { dictate, judged } of ways)
    for (const dictation of writeDictations(phantom, dictate)) {
      const { utterances, fault } = dictation
      const scan = toScan(seen, dictation)
      for (const budget of BUDGETS)
        judged.push(judge(toAlerts({ utterances, scan, sex: null, budget, answered: [] }).alerts, fault, budget))
    }
  if (n % 20 === 19) process.stderr.write(`${n + 1} of ${wanted} phantoms\n`)
}
pack.close()

const print = (line: string) => process.stdout.write(`${line}\n`)
print(
  `${wanted} ${isDevelop ? 'internal' : 'external'} phantoms, ${foreign} of them outside what the model knows; ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
)
const largest = BUDGETS[BUDGETS.length - 1]
for (const { name, judged } of ways) {
  print(`\n${name}:\n`)
  for (const line of toTable(judged, BUDGETS)) print(line)
  print('')
  for (const line of toFindingsTable(
    judged.filter(({ budget }) => budget === largest),
    findings,
  ))
    print(line)
}
