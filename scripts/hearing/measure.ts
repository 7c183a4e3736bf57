import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scoreByReading } from '../../src/domain/findings/saidScore.ts'
import { parseWavLayout } from '../../src/domain/speech/wavHeader.ts'
import { fromInt16Samples } from '../../src/domain/speech/wavSamples.ts'
import { joinReadings } from '../../src/domain/statements/joinReadings.ts'
import { readEmbeddings } from '../../src/domain/statements/readEmbeddings.ts'
import type { Statement } from '../../src/domain/statements/statement.ts'
import { type HandWrittenClip, readAllClips, toHalf } from '../../src/domain/statements/testing/handWritten.ts'
import { type ClipJudgement, judgeStatements } from '../../src/domain/statements/testing/judgeStatements.ts'
import { toVocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { readTranscript } from '../../src/domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../../src/domain/statements/transcript/tokens.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { SpeechInference } from '../../src/inference/worker/speechInference.ts'
import { WhisperInference } from '../../src/inference/worker/whisperInference.ts'
import { fetchPackFile } from '../../src/packs/fetch/packFiles.ts'

/*
 * `npm run measure:hearing -- FOLDER [develop]`: the hand-written sentences as a voice spoke them (FOLDER/<id>@<voice>.wav, mono
 * 16 kHz, made by training/scripts/speak_queue.py), heard by the bundled pack through the app's own code. Prints what the
 * embedding reads, what the words read, and both together; of the held-out half unless told otherwise.
 */

const [folder, half = 'held-out'] = process.argv.slice(2)
const rows = readFileSync(join(folder, 'clips.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))
const clips = new Map(readAllClips().map((clip) => [clip.id, clip]))
const chosen = rows.filter(({ clip }) => clips.has(clip) && toHalf(clip) === half)

function readWav(path: string): Float32Array {
  const bytes = new Uint8Array(readFileSync(path))
  const layout = parseWavLayout(bytes)
  if (!layout) throw new Error(`${path} is no WAV file`)
  const start = layout.dataSizeOffset + 4
  return fromInt16Samples(new Int16Array(bytes.slice(start, start + layout.presentBytes).buffer))
}

configureNodeRuntime(true)
const server = await servePack('public/models/phantom-mini')
const { manifest, baseUrl } = server.pack
const speech = new SpeechInference({ threads: 1, note: '' })
await speech.load(server.pack, 'auto', () => undefined)
const writer = manifest.speech?.transcriber ? new WhisperInference({ threads: 1, note: '' }) : null
await writer?.load(server.pack, () => undefined)
const reading = manifest.speech?.reading
if (!reading) throw new Error('the pack has no reading directions')
const directions = new Float32Array(await fetchPackFile(baseUrl, reading))
const score = scoreByReading({ vectors: directions, dimension: manifest.embedding.dimension })
const vocabulary = toVocabulary(manifest.findings)

const READERS = ['embedding', 'words', 'both', 'true words'] as const
const judged = new Map<string, ClipJudgement[]>(READERS.map((name) => [name, []]))
const heardWords: [string, string][] = []
for (const { clip: id, file } of chosen) {
  const clip = clips.get(id) as HandWrittenClip
  const audio = readWav(join(folder, file.replace(/\.\w+$/, '.wav')))
  const { windows, transcript: spelled } = await speech.encode(audio)
  const transcript = writer ? (await writer.transcribe(audio)).text : spelled
  const heard = readEmbeddings(windows, score, manifest.findings)
  const read = readTranscript(toHeardWords(transcript ?? ''), vocabulary)
  const said = clip.clauses.join(' ')
  heardWords.push([said, transcript ?? ''])
  const results: Record<(typeof READERS)[number], readonly Statement[]> = {
    embedding: joinReadings(heard, null),
    words: joinReadings([], read),
    both: joinReadings(heard, read),
    'true words': joinReadings([], readTranscript(toHeardWords(said), vocabulary)),
  }
  for (const name of READERS) judged.get(name)?.push(judgeStatements(clip, results[name]))
}
server.close()

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
    return `${kind} ${own.filter(({ invented }) => invented.some((one) => one.status !== 'uncertain')).length} of ${own.length}`
  }
  print(
    `${name.padEnd(10)} ${statuses.join(', ')}; opposite ${percent(opposite, stated)}; false mentions: ${['normal', 'other-organ', 'unrelated', 'command'].map(falseOf).join(', ')}`,
  )
}
if (half === 'develop') for (const [said, heard] of heardWords.slice(0, 40)) print(`  ${said}\n    ${heard}`)
