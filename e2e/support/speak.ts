import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
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
