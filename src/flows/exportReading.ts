import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

/** A reading as a researcher takes it away: what was shown, and the embedding behind it. No pixels, no audio. */
export interface ReadingExport {
  readonly format: 'voxct-reading/1'
  readonly notice: string
  readonly study: { readonly title: string; readonly size: readonly number[]; readonly spacingMm: readonly number[] }
  readonly model: {
    readonly id: string
    readonly version: string
    readonly provider: string | null
    /** Precision of the graphs that ran, e.g. "int8". */
    readonly variant: string | null
    readonly note: string
    /** False where no validation split stands behind the probabilities. */
    readonly isCalibrated: boolean
  }
  readonly preprocessMs: number | null
  readonly encodeMs: number | null
  readonly outOfDistribution: { readonly distance: number; readonly limit: number } | null
  /** Unit embedding of the CT. */
  readonly embedding: readonly number[]
  readonly findings: readonly object[]
  readonly utterances: readonly object[]
  /** Sentences that were typed as queries, oldest first. */
  readonly typedQueries: readonly string[]
  /** The list of similar cases on screen and what it answers. */
  readonly similar: { readonly query: string; readonly cases: readonly object[] }
}

/** Null while no study has been read. */
export function toReadingExport(screen: Screen, heavy: Heavy, pack: LoadedPack): ReadingExport | null {
  const { study, model, findings, dictation, similar } = screen.get()
  const reading = study.current && heavy.readings.get(study.current.id)
  if (!study.current || !reading) return null
  return {
    format: 'voxct-reading/1',
    notice: 'Research and demonstration only. Not for diagnosis.',
    study: { title: study.current.title, size: study.current.size, spacingMm: study.current.spacingMm },
    model: {
      id: pack.manifest.id,
      version: pack.manifest.version,
      provider: model.ctProvider,
      variant: model.ctEngine?.variant ?? null,
      note: model.providerNote,
      isCalibrated: model.isCalibrated,
    },
    preprocessMs: findings.preprocessMs,
    encodeMs: findings.encodeMs,
    outOfDistribution: findings.outOfDistribution,
    embedding: [...reading.embedding],
    findings: findings.rows.map(({ id, label, probability, seen, said, agreement }) => ({
      id,
      label,
      probability,
      seen,
      said,
      agreement,
    })),
    utterances: dictation.utterances.map(({ startMs, durationMs, transcript, said, place, encodeMs }) => ({
      startMs,
      durationMs,
      transcript,
      said,
      place,
      encodeMs,
    })),
    typedQueries: similar.typed,
    similar: {
      query: similar.queryLabel,
      cases: similar.cases.map(({ id, title, cosine }) => ({ id, title, cosine })),
    },
  }
}
