import { readFileSync } from 'node:fs'

const PACK = new URL('../../public/models/phantom-mini/', import.meta.url)

interface LibraryManifest {
  readonly embedding: { readonly dimension: number }
  readonly findings: readonly { readonly id: string }[]
  readonly library: {
    readonly embeddings: { readonly file: string }
    readonly cases: readonly { readonly id: string; readonly labels: readonly number[] }[]
  }
}

/** Each phantom of the bundled library with its embedding, base64 of float32. */
function readLibrary() {
  const manifest: LibraryManifest = JSON.parse(readFileSync(new URL('manifest.json', PACK), 'utf8'))
  const bytes = readFileSync(new URL(manifest.library.embeddings.file, PACK))
  const width = manifest.embedding.dimension * 4
  const toEmbedding = (n: number) => bytes.subarray(n * width, (n + 1) * width).toString('base64')
  const cases = manifest.library.cases.map(({ id, labels }, n) => ({ id, labels, embedding: toEmbedding(n) }))
  return { findings: manifest.findings, cases }
}

export function libraryEmbedding(caseId: string): string {
  const found = readLibrary().cases.find(({ id }) => id === caseId)
  if (!found) throw new Error(`The library has no case ${caseId}.`)
  return found.embedding
}

/**
 * Examples of a finding as the app exports them: phantoms of the bundled library, which the same encoder has read.
 * @param count of each class
 */
export function libraryExamples(findingId: string, count: number): object[] {
  const { findings, cases } = readLibrary()
  const finding = findings.findIndex(({ id }) => id === findingId)
  const examples = cases.map(({ id, labels, embedding }, n) => ({
    studyId: id,
    patient: id,
    isPresent: labels[finding] === 1,
    embedding,
    markedAtMs: 1_700_000_000_000 + n,
  }))
  return [true, false].flatMap((isPresent) => examples.filter((one) => one.isPresent === isPresent).slice(0, count))
}
