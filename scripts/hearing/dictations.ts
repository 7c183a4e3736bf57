import { foldStatements } from '../../src/domain/statements/foldStatements.ts'
import { joinReadings } from '../../src/domain/statements/joinReadings.ts'
import { readWords } from '../../src/domain/statements/readWords.ts'
import { type HandWrittenClip, readAllClips } from '../../src/domain/statements/testing/handWritten.ts'
import { openCutter } from './cutSpeech.ts'
import { openEars } from './openEars.ts'
import { readSpoken, readSpokenClips } from './readWav.ts'

/*
 * `npm run measure:dictations -- FOLDER`: sentences of one voice (training/scripts/queue_dictations.py, as WAV) joined to whole
 * dictations: seven findings with pauses, and fifteen without. Cut by the app's own voice activity detection, heard by the
 * bundled pack; prints how many findings stand as present at the end, and what was read besides.
 */

const SAMPLE_RATE_HZ = 16000
const PAUSES_S = [0.2, 0.4, 0.5, 0.6, 0.7]
const PAUSED_FINDINGS = 7
const EDGE_LEVEL = 0.01

const [folder] = process.argv.slice(2)
const rows = readSpokenClips(folder)
const byId = new Map(readAllClips().map((clip) => [clip.id, clip]))
const ears = await openEars()
const cut = await openCutter()

/** Without the silence at both ends, which the synthesiser adds. */
function trim(audio: Float32Array): Float32Array {
  const first = audio.findIndex((value) => Math.abs(value) > EDGE_LEVEL)
  const last = audio.findLastIndex((value) => Math.abs(value) > EDGE_LEVEL)
  return audio.subarray(Math.max(0, first), last + 1)
}

function joinWith(parts: readonly Float32Array[], pauseSeconds: number): Float32Array {
  const pause = Math.round(pauseSeconds * SAMPLE_RATE_HZ)
  const edge = SAMPLE_RATE_HZ
  const out = new Float32Array(2 * edge + parts.reduce((sum, part) => sum + part.length + pause, 0))
  let at = edge
  for (const part of parts) {
    out.set(part, at)
    at += part.length + pause
  }
  return out
}

async function readDictation(audio: Float32Array) {
  const segments = await cut(audio)
  const said = []
  const written: string[] = []
  for (const [n, { audio: speech }] of segments.entries()) {
    const { embedding, transcript, heardWords } = await ears.hear(speech)
    const statements = joinReadings(embedding, readWords(heardWords, embedding, ears), heardWords)
    said.push({ id: String(n), statements })
    written.push(transcript)
  }
  return { states: foldStatements(said), written, utterances: segments.length }
}

async function judge(name: string, chosen: typeof rows, pauseSeconds: number): Promise<number> {
  const parts = chosen.map((row) => trim(readSpoken(folder, row)))
  const audio = joinWith(parts, pauseSeconds)
  const { states, utterances } = await readDictation(audio)
  const wanted = chosen.map((row) => (byId.get(row.clip) as HandWrittenClip).statements[0].finding)
  const found = wanted.filter((id) => states.get(id)?.status === 'present').length
  const besides = [...states].filter(([id, { status }]) => !wanted.includes(id) && status !== 'uncertain').length
  const seconds = (audio.length / SAMPLE_RATE_HZ - 2).toFixed(0)
  process.stdout.write(
    `${name}: ${found} of ${wanted.length} present (${seconds} s, ${utterances} utterances; ${besides} firm besides)\n`,
  )
  return found
}

const voices = [...new Set(rows.map(({ voice }) => voice.name))]
for (const pause of PAUSES_S) {
  let found = 0
  for (const voice of voices)
    found += await judge(
      `${pause} s ${voice}`,
      rows.filter((row) => row.voice.name === voice).slice(0, PAUSED_FINDINGS),
      pause,
    )
  process.stdout.write(`pauses of ${pause} s: ${found} of ${PAUSED_FINDINGS * voices.length}\n`)
}
let fluent = 0
for (const voice of voices)
  fluent += await judge(
    `fluent ${voice}`,
    rows.filter((row) => row.voice.name === voice),
    0.05,
  )
process.stdout.write(`without a pause: ${fluent} of ${rows.length}\n`)
ears.close()
