import { readFileSync } from 'node:fs'
import { parseWavLayout } from '../../src/domain/speech/wavHeader.ts'
import { fromInt16Samples } from '../../src/domain/speech/wavSamples.ts'

/** Samples −1…1 of a mono WAV of 16 bits. Throws where it is none. */
export function readWav(path: string): Float32Array {
  const bytes = new Uint8Array(readFileSync(path))
  const layout = parseWavLayout(bytes)
  if (!layout) throw new Error(`${path} is no WAV file`)
  const start = layout.dataSizeOffset + 4
  return fromInt16Samples(new Int16Array(bytes.slice(start, start + layout.presentBytes).buffer))
}

/** The rows of FOLDER/clips.jsonl as training/scripts/speak_queue.py writes them. */
export interface SpokenClip {
  readonly id: string
  readonly clip: string
  readonly file: string
  readonly voice: { readonly name: string }
}

export const readSpokenClips = (folder: string): SpokenClip[] =>
  readFileSync(`${folder}/clips.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

export const readSpoken = (folder: string, { file }: SpokenClip): Float32Array =>
  readWav(`${folder}/${file.replace(/\.\w+$/, '.wav')}`)
