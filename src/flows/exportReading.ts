import type { OpenStudy } from '../domain/study/openStudy.ts'
import { ageAtStudy, type StudyIdentity } from '../domain/study/studyIdentity.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'

/** Which study it is. What names the patient is there only where a person has asked for it. */
export interface ExportedStudy {
  /** Salted hash: the same study has the same one on this device, and nowhere else. */
  readonly id: string
  readonly format: OpenStudy['format']
  readonly size: readonly number[]
  readonly spacingMm: readonly number[]
  readonly sex: StudyIdentity['sex']
  readonly ageYears: number | null
  readonly modality: string | null
  /** Title as on screen (a series description or a file name) and headers; absent where not asked for. */
  readonly identified?: { readonly title: string } & Partial<StudyIdentity>
}

/** A reading as a researcher takes it away: what was shown, and the embedding behind it. No pixels, no audio. */
export interface ReadingExport {
  readonly format: 'voxct-reading/3'
  readonly notice: string
  readonly study: ExportedStudy
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
  /** What the reader has taught the model or asked of it by words, with what stands behind it: none of it is the pack's. */
  readonly ownFindings: readonly object[]
  readonly utterances: readonly object[]
  /** Sentences that were typed as queries, oldest first. */
  readonly typedQueries: readonly string[]
  /** The list of similar cases on screen and what it answers. */
  readonly similar: { readonly query: string; readonly cases: readonly object[] }
}

function toExportedStudy(study: OpenStudy, isIdentified: boolean): ExportedStudy {
  const { id, format, size, spacingMm, identity, title } = study
  return {
    id,
    format,
    size,
    spacingMm,
    sex: identity?.sex ?? null,
    ageYears: ageAtStudy(identity),
    modality: identity?.modality ?? null,
    ...(isIdentified && { identified: { title, ...identity } }),
  }
}

/** Digits of the id in a file's name: enough to tell studies of one device apart. */
const NAME_DIGITS = 12

/** Name of the file: by the salted id, never by what names the patient. */
export function toExportName(studyId: string, now: Date): string {
  const short = studyId.replace(/^study-/, '').slice(0, NAME_DIGITS)
  return `voxct-${short}-${now.toISOString().slice(0, 19).replaceAll(':', '')}.json`
}

/** Null while the study has not been read by the pack. */
export function toReadingExport(
  screen: Screen,
  session: StudySession,
  pack: LoadedPack,
  isIdentified: boolean,
): ReadingExport | null {
  const { model } = screen.get()
  const { study, findings, dictation, similar } = session.state
  if (!session.seen) return null
  return {
    format: 'voxct-reading/3',
    notice: 'Research and demonstration only. Not for diagnosis.',
    study: toExportedStudy(study, isIdentified),
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
    embedding: [...session.seen.embedding],
    findings: findings.rows
      .filter(({ own }) => !own)
      .map(({ id, label, probability, seen, said, agreement }) => ({
        id,
        label,
        probability,
        seen,
        said,
        agreement,
      })),
    ownFindings: findings.rows.flatMap(({ id, label, probability, seen, said, own }) =>
      own
        ? [
            {
              id,
              label,
              origin: own.by,
              isCalibrated: false,
              examples: { present: own.present, absent: own.absent },
              figure: own.figure,
              markedAs: own.mark,
              probability,
              seen,
              said,
            },
          ]
        : [],
    ),
    utterances: dictation.utterances.map(({ startMs, durationMs, transcript, edits, statements, place, encodeMs }) => ({
      startMs,
      durationMs,
      transcript,
      correctedText: edits.text,
      statements,
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
