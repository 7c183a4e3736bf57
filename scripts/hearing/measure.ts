import { joinReadings } from '../../src/domain/statements/joinReadings.ts'
import { readWords } from '../../src/domain/statements/readWords.ts'
import type { Statement } from '../../src/domain/statements/statement.ts'
import { type HandWrittenClip, readAllClips, toHalf } from '../../src/domain/statements/testing/handWritten.ts'
import { type ClipJudgement, judgeStatements } from '../../src/domain/statements/testing/judgeStatements.ts'
import { readTranscript } from '../../src/domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../../src/domain/statements/transcript/tokens.ts'
import { openEars } from './openEars.ts'
import { readSpoken, readSpokenClips } from './readWav.ts'

/*
 * `npm run measure:hearing -- FOLDER [develop]`: the hand-written sentences as a voice spoke them (FOLDER/<id>@<voice>.wav, mono
 * 16 kHz, made by training/scripts/speak_queue.py), heard by the bundled pack through the app's own code. Prints what the
 * embedding reads, what the words read, and both together; of the held-out half unless told otherwise.
 */

const [folder, half = 'held-out'] = process.argv.slice(2)
const clips = new Map(readAllClips().map((clip) => [clip.id, clip]))
const chosen = readSpokenClips(folder).filter(({ clip }) => clips.has(clip) && toHalf(clip) === half)
const ears = await openEars()

const READERS = ['embedding', 'words', 'both', 'true words'] as const
const judged = new Map<string, ClipJudgement[]>(READERS.map((name) => [name, []]))
const transcripts: [string, string][] = []
for (const row of chosen) {
  const clip = clips.get(row.clip) as HandWrittenClip
  const { embedding: heard, transcript, heardWords } = await ears.hear(readSpoken(folder, row))
  const read = readTranscript(heardWords, ears.vocabulary)
  const said = clip.clauses.join(' ')
  transcripts.push([said, transcript])
  const results: Record<(typeof READERS)[number], readonly Statement[]> = {
    embedding: joinReadings(heard, null),
    words: joinReadings([], read),
    both: joinReadings(heard, readWords(heardWords, heard, ears), heardWords),
    'true words': joinReadings([], readTranscript(toHeardWords(said), ears.vocabulary)),
  }
  for (const name of READERS) judged.get(name)?.push(judgeStatements(clip, results[name]))
}
ears.close()

const print = (line: string) => process.stdout.write(`${line}\n`)
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
print(`${chosen.length} clips, ${half}`)
for (const name of READERS) {
  const all = judged.get(name) ?? []
  const of = (pick: (one: ClipJudgement) => readonly { status: string }[], status: string) =>
    all.flatMap(pick).filter((one) => one.status === status).length
  const statuses = (['present', 'absent', 'uncertain', 'resolved'] as const).map((status) => {
    const stated = of(({ clip }) => clip.statements, status)
    return `${status} ${percent(
      of((one) => one.found, status),
      stated,
    )} of ${stated}`
  })
  const stated = all.flatMap(({ clip }) => clip.statements).length
  const opposite = all.flatMap((one) => one.opposite).length
  const falseOf = (kind: string) => {
    const own = all.filter(({ clip }) => clip.kind === kind)
    const firm = own.filter(({ invented }) => invented.some((one) => one.status !== 'uncertain')).length
    const unsure = own.filter(({ invented }) => invented.some((one) => one.status === 'uncertain')).length
    return `${kind} ${firm} (unsure ${unsure}) of ${own.length}`
  }
  print(
    `${name.padEnd(10)} ${statuses.join(', ')}; opposite ${percent(opposite, stated)}; false mentions: ${['normal', 'other-organ', 'unrelated', 'command'].map(falseOf).join(', ')}`,
  )
}
if (half === 'develop') for (const [said, heard] of transcripts.slice(0, 40)) print(`  ${said}\n    ${heard}`)
