import { composeReport, type DictatedUtterance, type WrittenMeasure } from '../domain/dictatedReport/composeReport.ts'
import type { ReportEntry, ReportSentence, Signature } from '../domain/dictatedReport/reportEntry.ts'
import type { ReportStatus } from '../domain/dictatedReport/reportStatus.ts'
import { toReportText } from '../domain/dictatedReport/reportText.ts'
import { toLines, toNamedNumbers } from '../domain/measure/measureText.ts'
import type { ReadMeasure } from '../domain/measure/readMeasure.ts'
import type { Alert } from '../domain/safety/alert.ts'
import type { StudyState, UtteranceItem } from './appState.ts'

type Sources = Pick<StudyState, 'dictation' | 'report' | 'measures'>

const toDictated = ({ id, edits, transcript, statements }: UtteranceItem): DictatedUtterance => ({
  id,
  text: edits.text ?? transcript ?? '',
  statements,
})

interface Composed {
  readonly entries: readonly ReportEntry[]
  readonly measures: readonly ReadMeasure[]
  readonly sentences: readonly ReportSentence[]
}
/** By the utterances as they are: composing is asked for at every change of anything. */
const composed = new WeakMap<readonly UtteranceItem[], Composed>()

function writeMeasure(items: readonly ReadMeasure[], measureId: string): WrittenMeasure | null {
  const found = items.find(({ measure }) => measure.id === measureId)
  if (!found) return null
  const { measure, values } = found
  return { named: toNamedNumbers(measure, values), numbers: toLines(values, measure).join(', ') }
}

/** The sentences of a study's report, section by section. */
export function selectReport({ dictation, report, measures }: Sources): readonly ReportSentence[] {
  const known = composed.get(dictation.utterances)
  if (known?.entries === report.entries && known.measures === measures.items) return known.sentences
  const sentences = composeReport({
    utterances: dictation.utterances.map(toDictated),
    entries: report.entries,
    writeMeasure: (id) => writeMeasure(measures.items, id),
  })
  composed.set(dictation.utterances, { entries: report.entries, measures: measures.items, sentences })
  return sentences
}

const NO_ALERTS: readonly Alert[] = []
const open = new WeakMap<
  readonly ReportEntry[],
  { readonly alerts: readonly Alert[]; readonly open: readonly Alert[] }
>()

/** Alerts of the safety net that were not answered yet. */
export function selectAlerts({ report: { net, entries } }: Pick<StudyState, 'report'>): readonly Alert[] {
  if (!net) return NO_ALERTS
  const known = open.get(entries)
  if (known?.alerts === net.alerts) return known.open
  const answered = new Set(entries.flatMap((entry) => (entry.kind === 'answer' ? [entry.alertId] : [])))
  const left = net.alerts.filter(({ id }) => !answered.has(id))
  open.set(entries, { alerts: net.alerts, open: left })
  return left
}

export const findSignature = ({ report }: Pick<StudyState, 'report'>): Signature | null =>
  report.entries.find((entry) => entry.kind === 'signed') ?? null

export function selectReportStatus(study: Sources): ReportStatus {
  const sentences = selectReport(study)
  const signature = findSignature(study)
  if (signature) return signature.text === toReportText(sentences) ? 'signed' : 'amended'
  return sentences.length > 0 ? 'dictated' : 'unread'
}
