import type { ForeignReason } from '../domain/findings/foreignness.ts'
import { asksFor } from '../domain/retrieval/query.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import { ageAtStudy, type StudyIdentity } from '../domain/study/studyIdentity.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { FindingRow } from '../state/appState.ts'
import { toExportedKeyImages } from './exportKeyImages.ts'
import { toExportedMeasures } from './exportMeasures.ts'
import { toExportedReport } from './exportReport.ts'

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

/**
 * A reading as a researcher takes it away: what was shown, and the embedding behind it. No pixels, no audio. Slice numbers are those
 * on screen (`toSliceStacks`): up to /4 axial ones grew from the feet up. /6 brought the report.
 */
export interface ReadingExport {
  readonly format: 'voxct-reading/6'
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
    /** False: the model names none, and `findings` says nothing of the scan. */
    readonly namesFindings: boolean
  }
  readonly preprocessMs: number | null
  readonly encodeMs: number | null
  /** False where the model's scores do not apply to the scan: then no finding is called seen, and likeness to the scan means nothing. */
  readonly scoresApply: boolean
  /** Why they do not; null where they do. */
  readonly outOfDistribution: readonly ForeignReason[] | null
  /** Unit embedding of the CT. */
  readonly embedding: readonly number[]
  readonly findings: readonly object[]
  /** What the reader has taught the model or asked of it by words, with what stands behind it: none of it is the pack's. */
  readonly ownFindings: readonly object[]
  readonly utterances: readonly object[]
  /** What a person measured, with unit, plane, place and the images it lies in. */
  readonly measures: readonly object[]
  /** Images that a person marked as telling, and how they were seen; `measures` are places in the list above, from 0. */
  readonly keyImages: readonly object[]
  /** The report, with the source of every sentence. */
  readonly report: object
  /** Sentences that were typed as queries, oldest first. */
  readonly typedQueries: readonly string[]
  /** The list of similar cases on screen and what it answers. */
  readonly similar: { readonly query: string; readonly applies: boolean; readonly cases: readonly object[] }
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

/** A number that does not apply goes under another name than one that does, and only where a person has asked for it. */
function toExportedFinding({ id, label, probability, seen, said, agreement }: FindingRow, isApplying: boolean) {
  if (isApplying) return { id, label, probability, seen, said, agreement }
  const shown = probability === null ? {} : { doesNotApply: { probability } }
  return { id, label, probability: null, seen: 'not-applicable', said, agreement: null, ...shown }
}

/** A finding that the reader has taught, with what stands behind it. */
function toExportedOwn(row: FindingRow, isApplying: boolean) {
  if (!row.own) return []
  const { by, present, absent, figure, mark } = row.own
  const { agreement: _, ...shown } = toExportedFinding(row, isApplying)
  return [{ ...shown, origin: by, isCalibrated: false, examples: { present, absent }, figure, markedAs: mark }]
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
  const isApplying = findings.outOfDistribution === null
  return {
    format: 'voxct-reading/6',
    notice: 'Research and demonstration only. Not for diagnosis.',
    study: toExportedStudy(study, isIdentified),
    model: {
      id: pack.manifest.id,
      version: pack.manifest.version,
      provider: model.ctProvider,
      variant: model.ctEngine?.variant ?? null,
      note: model.providerNote,
      isCalibrated: model.isCalibrated,
      namesFindings: pack.manifest.findings.length > 0,
    },
    preprocessMs: findings.preprocessMs,
    encodeMs: findings.encodeMs,
    scoresApply: isApplying,
    outOfDistribution: findings.outOfDistribution,
    embedding: [...session.seen.embedding],
    findings: findings.rows.filter(({ own }) => !own).map((row) => toExportedFinding(row, isApplying)),
    ownFindings: findings.rows.flatMap((row) => toExportedOwn(row, isApplying)),
    utterances: dictation.utterances.map(({ startMs, durationMs, transcript, edits, statements, place, encodeMs }) => ({
      startMs,
      durationMs,
      transcript,
      correctedText: edits.text,
      statements,
      place,
      encodeMs,
    })),
    measures: toExportedMeasures(session, isIdentified),
    keyImages: toExportedKeyImages(session, isIdentified),
    report: toExportedReport(session),
    typedQueries: similar.typed,
    similar: {
      query: similar.queryLabel,
      applies: isApplying || !asksFor(similar.query, ({ kind }) => kind === 'ct' || kind === 'place'),
      cases: similar.cases.map(({ id, title, cosine }) => ({ id, title, cosine })),
    },
  }
}
