import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { judge, type Phrasing, readNone, readPhrasings, toHalf } from '../../src/commands/testing/phrasings.ts'
import { toSayableState } from '../../src/commands/testing/sayable.ts'
import { readAllClips } from '../../src/domain/statements/testing/handWritten.ts'
import { fromTranscribed, type SpokenWord, toSpokenWords } from '../../src/domain/voice/spokenWords.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { WhisperInference } from '../../src/inference/worker/whisperInference.ts'
import { readWav } from '../hearing/readWav.ts'

/*
 * `npm run measure:commands -- [FOLDER…]`: how the phrasings of fixtures/commands are understood, all as whole utterances, which is what
 * command mode asks: as text; and as voices spoke them (FOLDER/clips.jsonl, a row a clip: `file` mono 16 kHz WAV, `say`, `voice`, `half`),
 * written down by the bundled Whisper. A folder without clips.jsonl holds sounds that must run nothing. `DEVELOP=1` prints what the
 * develop half is taken for.
 */

interface Clip {
  readonly file: string
  readonly say: string
  readonly voice: string
}

const state = toSayableState()
const print = (line: string) => process.stdout.write(`${line}\n`)
const share = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
const half = process.env.DEVELOP ? 'develop' : 'held-out'

function measureText(): void {
  const said = readPhrasings().filter(({ say }) => toHalf(say) === half)
  const right = said.filter((one) => judge(one, toSpokenWords(one.say), state).isRight)
  print(`text, ${half}: right command and slots ${share(right.length, said.length)}`)
  const clips = readAllClips().filter(({ kind }) => kind !== 'command')
  const sentences = [...readNone().map(({ say }) => say), ...clips.map(({ clauses }) => clauses.join(' '))]
  const none = (say: string): Phrasing => ({ say, id: null, slots: {} })
  const run = sentences.filter((say) => judge(none(say), toSpokenWords(say), state).isRun)
  print(`text, none of them a command: ${run.length} of ${sentences.length} sentences run something`)
}

async function openWriter() {
  configureNodeRuntime(true)
  const server = await servePack('public/models/phantom-mini')
  const writer = new WhisperInference({ threads: 1, note: '' })
  await writer.load(server.pack, () => undefined)
  const write = async (path: string): Promise<SpokenWord[]> => {
    const written = await writer.transcribe(readWav(path))
    return written.words ? fromTranscribed(written.words) : toSpokenWords(written.text)
  }
  return { write, close: () => server.close() }
}

type Writer = Awaited<ReturnType<typeof openWriter>>

/** Speech of which nothing is a command. */
async function measureSounds(folder: string, { write }: Writer): Promise<void> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.wav'))
  let run = 0
  for (const file of files) {
    const words = await write(`${folder}/${file}`).catch(() => [])
    if (judge({ say: '', id: null, slots: {} }, words, state).isRun) run += 1
  }
  print(`${basename(folder)}: ${run} of ${files.length} sounds run something`)
}

async function measureVoices(folder: string, { write }: Writer): Promise<void> {
  const phrasings = new Map([...readPhrasings(), ...readNone()].map((one) => [one.say, one]))
  const clips: Clip[] = readFileSync(`${folder}/clips.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const counts = new Map<string, [right: number, of: number]>()
  let falseRuns = 0
  let nones = 0
  for (const { file, say, voice } of clips) {
    const phrasing = phrasings.get(say)
    if (!phrasing || (phrasing.id !== null && toHalf(say) !== half)) continue
    const words = await write(`${folder}/${file}`)
    const { isRight, isRun, as } = judge(phrasing, words, state)
    if (phrasing.id === null) {
      nones += 1
      if (isRun) falseRuns += 1
      continue
    }
    const [right, of] = counts.get(voice) ?? [0, 0]
    counts.set(voice, [right + Number(isRight), of + 1])
    if (process.env.DEVELOP && !isRight) print(`  ${say} | ${words.map(({ word }) => word).join(' ')} → ${as}`)
  }
  for (const [voice, [right, of]] of counts) print(`${voice}, ${half}: right command and slots ${share(right, of)}`)
  const sums = [...counts.values()].reduce(([right, of], [r, n]) => [right + r, of + n], [0, 0])
  if (sums[1] > 0) print(`all ${counts.size} voices, ${half}: right command and slots ${share(sums[0], sums[1])}`)
  if (nones > 0) print(`spoken, none of them a command: ${falseRuns} of ${nones} run something`)
}

measureText()
const folders = process.argv.slice(2)
if (folders.length > 0) {
  const writer = await openWriter()
  for (const folder of folders)
    await (existsSync(`${folder}/clips.jsonl`) ? measureVoices(folder, writer) : measureSounds(folder, writer))
  writer.close()
}
