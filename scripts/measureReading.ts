import { readFileSync } from 'node:fs'
import { readAllClips, toHalf } from '../src/domain/statements/testing/handWritten.ts'
import { type ClipJudgement, judgeStatements } from '../src/domain/statements/testing/judgeStatements.ts'
import { type SpokenFinding, toVocabulary } from '../src/domain/statements/transcript/mentions.ts'
import { readTranscript } from '../src/domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../src/domain/statements/transcript/tokens.ts'

/*
 * `npm run measure:reading [-- develop]`: how well the reader of transcripts reads the hand-written sentences as they are
 * written, without ears. Figures are those of the held-out half; of `develop` the faults are listed, too.
 */

const half = process.argv.includes('develop') ? 'develop' : 'held-out'
const manifest = JSON.parse(
  readFileSync(new URL('../public/models/phantom-mini/manifest.json', import.meta.url), 'utf8'),
)
const vocabulary = toVocabulary(manifest.findings as SpokenFinding[])

const judged = readAllClips()
  .filter(({ id }) => toHalf(id) === half)
  .map((clip) => judgeStatements(clip, readTranscript(toHeardWords(clip.clauses.join(' ')), vocabulary).readings))

const count = <T>(list: readonly ClipJudgement[], pick: (one: ClipJudgement) => readonly T[]): number =>
  list.reduce((sum, one) => sum + pick(one).length, 0)
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
const print = (line: string) => process.stdout.write(`${line}\n`)

if (half === 'develop') {
  for (const { clip, missed, opposite, invented } of judged) {
    const faults = [
      ...missed.map((one) => `missed ${one.finding} ${one.status}`),
      ...opposite.map((one) => `OPPOSITE ${one.finding} ${one.status}`),
      ...invented.map((one) => `invented ${one.findingId} ${one.status}`),
    ]
    if (faults.length > 0) print(`${clip.kind}: ${clip.clauses.join(' | ')}\n    ${faults.join('; ')}`)
  }
}
for (const status of ['present', 'absent', 'uncertain', 'resolved'] as const) {
  const of = (pick: (one: ClipJudgement) => readonly { status: string }[]) =>
    count(judged, (one) => pick(one).filter((statement) => statement.status === status))
  const all = of(({ clip }) => clip.statements)
  print(
    `${status.padEnd(10)} ${all} stated, ${percent(
      of((one) => one.found),
      all,
    )} found, ${percent(
      of((one) => one.opposite),
      all,
    )} read the other way round, ` +
      `${percent(
        of((one) => one.placed),
        of((one) => one.found),
      )} of those found with side, lobe and size`,
  )
}
for (const kind of [...new Set(judged.map(({ clip }) => clip.kind))]) {
  const own = judged.filter(({ clip }) => clip.kind === kind)
  const stated = count(own, ({ clip }) => clip.statements)
  const withFalse = own.filter(({ invented }) => invented.length > 0).length
  print(
    `${kind.padEnd(16)} ${own.length} clips, ${count(own, (one) => one.found)} of ${stated} found, ${count(own, (one) => one.opposite)} opposite, ${withFalse} clips with a false mention`,
  )
}
for (const { id } of manifest.findings as SpokenFinding[]) {
  const of = (pick: (one: ClipJudgement) => readonly { finding: string; status: string }[], status: string) =>
    count(judged, (one) => pick(one).filter((s) => s.finding === id && s.status === status))
  print(
    `${id.padEnd(36)} ${(['present', 'absent', 'uncertain', 'resolved'] as const).map((status) => `${of((one) => one.found, status)}/${of(({ clip }) => clip.statements, status)}`).join('  ')}`,
  )
}
