import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../test-results/speech')

/** Speaks a sentence with espeak-ng into a WAV (16-bit mono, `padSeconds` of silence before and after). Returns its path. */
export function speak(name: string, text: string, options: { voice?: string; padSeconds?: number } = {}): string {
  mkdirSync(FOLDER, { recursive: true })
  const path = resolve(FOLDER, `${name}.wav`)
  const pad = Math.round((options.padSeconds ?? 0) * 1000)
  const ssml = `<speak><break time="${pad}ms"/>${text}<break time="${pad}ms"/></speak>`
  const { status, error } = spawnSync('espeak-ng', [
    '-m',
    '-v',
    options.voice ?? 'en-us',
    '-s',
    '150',
    '-w',
    path,
    ssml,
  ])
  if (status !== 0)
    throw new Error(`espeak-ng is needed to speak (Debian: apt-get install espeak-ng): ${error?.message ?? status}`)
  return path
}

/** Flags that make Chromium hear a WAV, once, when the microphone is switched on. */
export const microphoneArgs = (wav: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-audio-capture=${wav}%noloop`,
]

/** A stretch of speech on the clock of its recording. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** Samples of a WAV by espeak-ng lie behind a header of this length, 16-bit mono at this rate. */
const HEADER_BYTES = 44
const BYTES_A_MS = (22_050 * 2) / 1000

const silence = (ms: number): Buffer => Buffer.alloc(Math.round((22_050 * ms) / 1000) * 2)

/** As a quiet room sounds: a microphone that gives digital silence is told as a fault. About −66 dBFS, alike in every run. */
export function quietRoom(ms: number): Buffer {
  const noise = silence(ms)
  let state = 1
  for (let at = 0; at < noise.length; at += 2) {
    state = (state * 48_271) % 0x7fffffff
    noise.writeInt16LE((state % 33) - 16, at)
  }
  return noise
}

/** Sentences one after another in one WAV, silence before, between and after them; tells where each one lies. */
export function speakStretches(
  name: string,
  texts: readonly string[],
  gapMs: number,
  between = silence,
): { readonly path: string; readonly stretches: readonly Stretch[] } {
  const parts: Buffer[] = [between(gapMs)]
  const stretches = texts.map((text, n): Stretch => {
    const samples = readFileSync(speak(`${name}-${n + 1}`, text)).subarray(HEADER_BYTES)
    const startMs = Buffer.concat(parts).length / BYTES_A_MS
    parts.push(samples, between(gapMs))
    return { startMs, endMs: startMs + samples.length / BYTES_A_MS }
  })
  const header = Buffer.from(readFileSync(resolve(FOLDER, `${name}-1.wav`)).subarray(0, HEADER_BYTES))
  const data = Buffer.concat(parts)
  header.writeUInt32LE(data.length + HEADER_BYTES - 8, 4)
  header.writeUInt32LE(data.length, 40)
  const path = resolve(FOLDER, `${name}.wav`)
  writeFileSync(path, Buffer.concat([header, data]))
  return { path, stretches }
}
