import { matrixRow } from '../../src/domain/embedding/embedding.ts'
import type { HandWrittenClip } from '../../src/domain/statements/testing/handWritten.ts'
import { readSpoken, readSpokenClips } from '../hearing/readWav.ts'
import { mean, print, type TypedPack } from './openTypedPack.ts'

/** Kinds of sentences that people type to search; the others tell of changes, corrections, hesitations. */
const PLAIN = ['present', 'synonym', 'bare', 'sides', 'measure']
const COUNTS = [5, 10] as const

/** The one finding that a sentence says to be there; null where it says anything else. */
function toOneFinding({ statements }: HandWrittenClip): string | null {
  const isAffirmed = statements.length > 0 && statements.every(({ status }) => status === 'present')
  const findings = new Set(statements.map(({ finding }) => finding))
  return isAffirmed && findings.size === 1 ? statements[0].finding : null
}

/** Precision at COUNTS of one sentence. */
interface Row {
  readonly finding: number
  readonly isPlain: boolean
  readonly typed: readonly number[]
  readonly spoken: readonly number[] | null
}

const both = (rows: readonly (readonly number[])[]): string =>
  rows.length === 0 ? '–' : COUNTS.map((_, n) => mean(rows.map((row) => row[n])).toFixed(2)).join(' / ')

/** Clips of the sentences, by id: unit embeddings as the pack hears them. */
async function hearClips(
  pack: TypedPack,
  folder: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, Float32Array>> {
  const heard = new Map<string, Float32Array>()
  for (const row of readSpokenClips(folder)) {
    if (!ids.has(row.clip) || heard.has(row.clip)) continue
    heard.set(row.clip, await pack.hear(readSpoken(folder, row)))
  }
  return heard
}

/** Precision at 5 and 10: share of the nearest cases of the library that have the finding which a sentence names. */
export async function printPrecision(pack: TypedPack, clips: readonly HandWrittenClip[], folder: string | null) {
  const { findings, embedding, library } = pack.manifest
  const { dimension } = embedding
  const asked = clips.flatMap((clip) => {
    const finding = findings.findIndex(({ id }) => id === toOneFinding(clip))
    return finding < 0 ? [] : [{ clip, finding, text: clip.clauses.join(' ') }]
  })
  const heard = folder ? await hearClips(pack, folder, new Set(asked.map(({ clip }) => clip.id))) : null
  const at = (query: Float32Array, finding: number, but?: number) =>
    COUNTS.map((count) => pack.precision(query, finding, count, but))
  const rows: Row[] = []
  for (const { clip, finding, text } of asked) {
    const spoken = heard?.get(clip.id)
    rows.push({
      finding,
      isPlain: PLAIN.includes(clip.kind),
      typed: at((await pack.read(text)).embedding, finding),
      spoken: spoken ? at(spoken, finding) : null,
    })
  }
  const ownOf = (finding: number) =>
    library.cases.flatMap(({ labels }, n) =>
      labels?.[finding] === 1 ? [at(matrixRow(pack.library, n, dimension), finding, n)] : [],
    )
  const spokenCount = rows.filter(({ spoken }) => spoken).length
  print(`Nearest of ${library.cases.length} cases with the finding, at 5 / at 10`)
  print(`${rows.length} sentences about one finding, ${spokenCount} of them spoken`)
  print('| finding | of the library | sentences | typed | spoken | scan with the finding | prompt |')
  print('|---|---|---|---|---|---|---|')
  const line = (name: string, of: readonly number[], own: readonly Row[]) => {
    const spoken = own.flatMap((row) => (row.spoken ? [row.spoken] : []))
    const shares = of.map((n) => mean(library.cases.map(({ labels }) => labels?.[n] ?? 0)))
    const typed = both(own.map((row) => row.typed))
    const prompts = of.map((n) => at(matrixRow(pack.prompts, 4 * n, dimension), n))
    print(
      `| ${name} | ${mean(shares).toFixed(2)} | ${own.length} | ${typed} | ${both(spoken)} | ${both(of.flatMap(ownOf))} | ${both(prompts)} |`,
    )
  }
  const all = findings.map((_, n) => n)
  line('all', all, rows)
  line(
    'all, as one types',
    all,
    rows.filter(({ isPlain }) => isPlain),
  )
  for (const n of all)
    line(
      findings[n].label,
      [n],
      rows.filter(({ finding }) => finding === n),
    )
}
