import { readFileSync } from 'node:fs'
import { toCaseSource } from '../../src/domain/retrieval/caseTable.ts'
import { toEmbeddings } from '../../src/domain/retrieval/embeddings.ts'
import { toLibraryTraits } from '../../src/domain/retrieval/libraryTraits.ts'
import { rankLibrary } from '../../src/domain/retrieval/rankLibrary.ts'
import { readAllClips, toHalf } from '../../src/domain/statements/testing/handWritten.ts'
import { toVocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { findAffirmed } from '../../src/flows/namedFindings.ts'
import type { TypedPack } from '../typed/openTypedPack.ts'

/** Of so many queries so many list cases. */
export interface Listed {
  readonly name: string
  readonly isTrue: boolean
  readonly listed: number
  readonly count: number
}

export type Half = 'develop' | 'held-out'

/** Everyday sentences that no training has seen. */
const readStrange = (): string[] => readFileSync('training/voxct/speech/strange_talk.txt', 'utf8').trimEnd().split('\n')

const SAYING = ['present', 'absent', 'uncertain', 'resolved']

/** Sentences by what they are about: everyday talk and commands on one side, findings on the other. */
function readSentences(half: Half): { readonly name: string; readonly isTrue: boolean; readonly texts: string[] }[] {
  const clips = readAllClips().filter(({ id }) => toHalf(id) === half)
  const textsOf = (is: (clip: (typeof clips)[number]) => boolean) =>
    clips.filter(is).map(({ clauses }) => clauses.join(' '))
  const strange = readStrange().filter((_, n) => n % 2 === ['develop', 'held-out'].indexOf(half))
  return [
    { name: 'everyday sentences', isTrue: false, texts: strange },
    {
      name: 'unrelated, commands',
      isTrue: false,
      texts: textsOf(({ kind }) => ['unrelated', 'command'].includes(kind)),
    },
    ...SAYING.map((status) => ({
      name: `all ${status}`,
      isTrue: true,
      texts: textsOf(({ statements }) => statements.length > 0 && statements.every((one) => one.status === status)),
    })),
  ]
}

/** Typed sentences: which of them list cases, by their embedding or by a finding that they name. */
export async function measureTyped(pack: TypedPack, half: Half): Promise<Listed[]> {
  const least = pack.manifest.text?.leastScore ?? 0
  const vocabulary = toVocabulary(pack.manifest.findings)
  const isListed = async (text: string) =>
    pack.score((await pack.read(text)).embedding) >= least || findAffirmed({ vocabulary }, text).length > 0
  const rows: Listed[] = []
  for (const { name, isTrue, texts } of readSentences(half)) {
    let listed = 0
    for (const text of texts) if (await isListed(text)) listed++
    rows.push({ name: `typed, ${half}: ${name}`, isTrue, listed, count: texts.length })
  }
  return rows
}

/** Sounds, by the speech encoder alone: words may state something besides. */
export async function measureSounds(
  pack: TypedPack,
  name: string,
  sounds: readonly Float32Array[],
  isTrue: boolean,
): Promise<Listed> {
  const least = pack.manifest.speech?.leastScore ?? 0
  let listed = 0
  for (const sound of sounds) if (pack.score(await pack.hear(sound)) >= least) listed++
  return { name, isTrue, listed, count: sounds.length }
}

/** Scans of the library, each against all others. */
export async function measureLibrary({ manifest, library }: TypedPack): Promise<Listed> {
  const { dimension } = manifest.embedding
  const [cases, rows] = [toCaseSource(manifest.library.cases), toEmbeddings(library, dimension)]
  const { leastCosine } = await toLibraryTraits(cases, rows)
  let listed = 0
  for (let n = 0; n < cases.size; n++) {
    const own = { id: cases.get(n).id, fileName: null }
    const ranking = await rankLibrary(cases, rows, { query: await rows.row(n), count: 1, own })
    if (ranking.cases[0].cosine >= (leastCosine ?? -1)) listed++
  }
  return { name: 'scans of the library', isTrue: true, listed, count: cases.size }
}

/** Vectors without a place in the library: what an encoder makes of something that is no such scan at all. */
export async function measureRandom({ manifest, library }: TypedPack, count: number): Promise<Listed> {
  const { dimension } = manifest.embedding
  const [cases, rows] = [toCaseSource(manifest.library.cases), toEmbeddings(library, dimension)]
  const { leastCosine } = await toLibraryTraits(cases, rows)
  let listed = 0
  for (let n = 0; n < count; n++) {
    const drawn = Float32Array.from({ length: dimension }, (_, axis) =>
      Math.sin(12.9898 * (n * dimension + axis + 1) ** 1.1),
    )
    const length = Math.hypot(...drawn)
    const best = rows.score(drawn.map((value) => value / length)).reduce((a, b) => Math.max(a, b), -1)
    if (best >= (leastCosine ?? -1)) listed++
  }
  return { name: 'random directions', isTrue: false, listed, count }
}

const RATE_HZ = 16_000
const toSound = (seconds: number, at: (t: number, n: number) => number): Float32Array =>
  Float32Array.from({ length: seconds * RATE_HZ }, (_, n) => at(n / RATE_HZ, n))
const hash = (n: number): number => ((Math.sin(n * 12.9898) * 43758.5453) % 1) - 0.5

/** Noise, tones, chords, clicks and silence. */
export const makeSounds = (): Float32Array[] => [
  toSound(3, () => 0),
  ...[0.02, 0.1, 0.5].map((level) => toSound(3, (_, n) => level * hash(n))),
  ...[110, 440, 1000].map((hz) => toSound(3, (t) => 0.3 * Math.sin(2 * Math.PI * hz * t))),
  ...[
    [262, 330, 392],
    [220, 277, 330, 415],
  ].map((chord) =>
    toSound(4, (t) =>
      chord.reduce(
        (sum, hz) => sum + (0.2 / chord.length) * Math.sin(2 * Math.PI * hz * (1 + (Math.floor(2 * t) % 4) / 8) * t),
        0,
      ),
    ),
  ),
  toSound(3, (t) => (t % 0.5 < 0.003 ? 0.6 : 0)),
]
