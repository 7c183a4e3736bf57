import { toReportText } from '../domain/dictatedReport/reportText.ts'
import type { StudySession } from '../session/studySession.ts'

/** It stands as it was signed. */
export function isAsSigned({ report, state }: StudySession): boolean {
  const signature = state.report.entries.find(({ kind }) => kind === 'signed')
  return signature?.kind === 'signed' && signature.text === toReportText(report)
}

/** The report sentence by sentence, with why each stands there; `utterance` and `measure` are places in the lists of utterances and measures, from 0. */
export function toExportedReport(study: StudySession): object {
  const { report, state } = study
  const { utterances } = state.dictation
  const measures = state.measures.items
  const signature = state.report.entries.find(({ kind }) => kind === 'signed')
  return {
    signedAt: signature ? new Date(signature.createdAtMs).toISOString() : null,
    isAsSigned: isAsSigned(study),
    sentences: report.map(({ section, text, origin, original, isOutdated, findingIds, measureId }) => ({
      section,
      text,
      origin: origin.by,
      ...(origin.by === 'said' && { utterance: utterances.findIndex(({ id }) => id === origin.utteranceId) }),
      ...(origin.by === 'template' && { template: origin.name }),
      ...(origin.by === 'measured' && { place: origin.place }),
      ...(measureId !== null && { measure: measures.findIndex(({ measure }) => measure.id === measureId) }),
      original,
      isOutdated,
      findings: findingIds,
    })),
  }
}
