import { type Problem, toProblem } from '../../src/base/result.ts'
import type { DecodeFrame } from '../../src/domain/volume/dicom/decodeFrame.ts'
import { loadSeries } from '../../src/domain/volume/loadSeries.ts'
import { scanFiles } from '../../src/domain/volume/scanFiles.ts'
import { toSourceFiles } from '../../src/domain/volume/sourceFile.ts'
import { toFile } from '../../src/domain/volume/testing/syntheticDicom.ts'
import type { Volume } from '../../src/domain/volume/volume.ts'
import { splitAudio } from '../../src/ui/drop/collectFiles.ts'

const SALT = '00112233445566778899aabbccddeeff'

/** Types that a browser gives by a file's name; it names none for scans. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.wav$/i, 'audio/wav'],
  [/\.webm$/i, 'video/webm'],
  [/\.mp4$/i, 'video/mp4'],
  [/\.m4a$/i, 'audio/x-m4a'],
  [/\.ogg$/i, 'audio/ogg'],
  [/\.mp3$/i, 'audio/mpeg'],
  [/\.flac$/i, 'audio/flac'],
]

export interface OpenedScan {
  readonly title: string
  readonly volume: Volume
  readonly notices: readonly Problem[]
}

/** All that the app makes of a drop. */
export interface OpenedDrop {
  readonly recordings: readonly string[]
  /** Every series that opens, the first one chosen first. */
  readonly opened: readonly OpenedScan[]
  /** All that was said of the drop and of the series that do not open. */
  readonly problems: readonly Problem[]
  readonly titles: readonly string[]
}

const toDrop = (contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): File[] =>
  [...contents].map(([path, bytes]) => {
    const type = TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? ''
    const file = toFile(path, bytes)
    return type === '' ? file : Object.defineProperty(file, 'type', { value: type })
  })

/** Drops the files on the app without its page: sound apart, then listed and every series of them loaded. */
export async function openDrop(
  contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  decodeFrame: DecodeFrame,
): Promise<OpenedDrop> {
  const { audio, scans } = splitAudio(toDrop(contents))
  const recordings = audio.map((file) => file.webkitRelativePath || file.name)
  if (scans.length === 0) return { recordings, opened: [], problems: [], titles: [] }
  const onProgress = () => undefined
  const { series, problems } = await scanFiles(toSourceFiles(scans), { onProgress, salt: SALT })
  const opened: OpenedScan[] = []
  const said: Problem[] = [...problems]
  for (const one of series) {
    const loaded = await loadSeries(one, { decodeFrame, onProgress, salt: SALT }).catch((thrown: unknown) => ({
      ok: false as const,
      problem: toProblem(thrown),
    }))
    if (loaded.ok) opened.push({ title: one.summary.title, volume: loaded.value.volume, notices: loaded.value.notices })
    else said.push(loaded.problem)
  }
  return { recordings, opened, problems: said, titles: series.map((one) => one.summary.title) }
}
