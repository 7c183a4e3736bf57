import type { Status } from '../../src/domain/statements/statement.ts'
import { NO_PLACE } from '../../src/domain/statements/statement.ts'
import type { HandWrittenClip } from '../../src/domain/statements/testing/handWritten.ts'
import {
  type ClipJudgement,
  judgeStatements,
  type ReadStatement,
} from '../../src/domain/statements/testing/judgeStatements.ts'
import { toVocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { type ReadTranscript, readTranscript } from '../../src/domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../../src/domain/statements/transcript/tokens.ts'
import { print, type TypedPack } from './openTypedPack.ts'

const STATUSES = [null, 'present', 'absent', 'uncertain', 'resolved'] as const
const WITHOUT = ['normal', 'other-organ', 'unrelated', 'command', 'unlabelled']
/** From which probability of being mentioned at all the tower counts. */
const LIMITS = [0.5, 0.9]

interface TowerReading extends ReadStatement {
  /** Probability that the clause speaks of it. */
  readonly mentioned: number
}

const toStatement = (findingId: string, status: Status): ReadStatement => ({
  findingId,
  status,
  place: NO_PLACE,
  sizeMm: null,
})

/** The likeliest status of each finding that a clause more likely mentions than not. */
async function readClause(pack: TypedPack, clause: string): Promise<TowerReading[]> {
  const { statuses } = await pack.read(clause)
  return pack.manifest.findings.flatMap(({ id }, n): TowerReading[] => {
    const told = [...statuses.slice(5 * n, 5 * n + 5)]
    const status = STATUSES[told.indexOf(Math.max(...told.slice(1)))]
    const mentioned = 1 - told[0]
    return status && mentioned >= LIMITS[0] ? [{ ...toStatement(id, status), mentioned }] : []
  })
}

/** What the tower alone finds is a question; what the rules found or gave to another organ is theirs. */
function addUnsure(read: ReadTranscript, tower: readonly TowerReading[], limit: number): ReadStatement[] {
  const known = new Set([...read.readings.map(({ findingId }) => findingId), ...read.elsewhere])
  const added = tower.filter(({ findingId, mentioned }) => mentioned >= limit && !known.has(findingId))
  return [...read.readings, ...added.map(({ findingId }) => toStatement(findingId, 'uncertain'))]
}

function printRow(name: string, judged: readonly ClipJudgement[]): void {
  const count = (pick: (one: ClipJudgement) => readonly { status: string }[], status: string) =>
    judged.flatMap(pick).filter((one) => one.status === status).length
  const shares = STATUSES.slice(1).map((status) => {
    const stated = count(({ clip }) => clip.statements, String(status))
    return `${((100 * count((one) => one.found, String(status))) / stated).toFixed(1)} %`
  })
  const stated = judged.flatMap(({ clip }) => clip.statements).length
  const opposite = judged.flatMap((one) => one.opposite).length
  const falseOf = (kinds: readonly string[], isFirm: boolean) => {
    const own = judged.filter(({ clip }) => kinds.includes(clip.kind))
    return own.filter(({ invented }) => invented.some(({ status }) => !isFirm || status !== 'uncertain')).length
  }
  const kinds = [['normal'], ['other-organ'], ['unrelated', 'command']]
  const mentions = kinds.map((kind) => `${falseOf(kind, true)} (${falseOf(kind, false)})`)
  const others = [...new Set(judged.map(({ clip }) => clip.kind))].filter((kind) => !WITHOUT.includes(kind))
  print(
    `| ${name} | ${shares.join(' | ')} | ${((100 * opposite) / stated).toFixed(1)} % | ${mentions.join(' | ')} | ${falseOf(others, true)} (${falseOf(others, false)}) |`,
  )
}

/** The transcript of true words read by rules, by the tower clause by clause, and by both. */
export async function printReaders(pack: TypedPack, clips: readonly HandWrittenClip[]): Promise<void> {
  const vocabulary = toVocabulary(pack.manifest.findings)
  const rows = new Map<string, ClipJudgement[]>()
  const judge = (name: string, clip: HandWrittenClip, read: readonly ReadStatement[]) =>
    rows.set(name, [...(rows.get(name) ?? []), judgeStatements(clip, read)])
  for (const clip of clips) {
    const rules = readTranscript(toHeardWords(clip.clauses.join(' ')), vocabulary)
    const tower = (await Promise.all(clip.clauses.map((clause) => readClause(pack, clause)))).flat()
    judge('rules', clip, rules.readings)
    for (const limit of LIMITS) {
      judge(
        `tower, mentioned from ${limit}`,
        clip,
        tower.filter(({ mentioned }) => mentioned >= limit),
      )
      judge(`rules, else the tower unsure from ${limit}`, clip, addUnsure(rules, tower, limit))
      judge(`rules, where they find nothing the tower from ${limit}`, clip, addFirm(rules, tower, limit))
    }
  }
  print(`\n${clips.length} clips of true words; false mentions: clips with a firm one (with any)`)
  print(
    '| reader | present | absent | uncertain | resolved | opposite | normal | other organs | unrelated | beside statements |',
  )
  print(`|---|${'---|'.repeat(9)}`)
  for (const [name, judged] of rows) printRow(name, judged)
}

/** What the tower alone finds is taken as it is. */
function addFirm(read: ReadTranscript, tower: readonly TowerReading[], limit: number): ReadStatement[] {
  const known = new Set([...read.readings.map(({ findingId }) => findingId), ...read.elsewhere])
  return [...read.readings, ...tower.filter((one) => one.mentioned >= limit && !known.has(one.findingId))]
}
