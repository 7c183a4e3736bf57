import type { FindingId } from '../findings/finding.ts'
import type { SaidScore } from '../findings/saidScore.ts'
import type { FindingCalibration } from '../findings/seen.ts'
import type { HeardWindow } from '../speech/heardSpeech.ts'
import type { Span, Status } from './statement.ts'

/** What the embeddings of an utterance's windows state of one finding. */
export interface EmbeddingReading {
  readonly findingId: FindingId
  /** Uncertain where one window affirms what another denies: a denial that the edge of a window cuts off reads as its contrary. */
  readonly status: Extract<Status, 'present' | 'absent' | 'uncertain'>
  /** Of the window that states it most firmly. */
  readonly margin: number
  readonly span: Span
}

type Firm = EmbeddingReading & { readonly status: 'present' | 'absent' }

/** What one window states of the pack's findings, in the manifest's order. Those between the thresholds were not mentioned. */
function readWindow(
  { embedding, span }: HeardWindow,
  score: SaidScore,
  findings: readonly FindingCalibration[],
): Firm[] {
  return findings.flatMap(({ id, thresholds: { speech } }, row): Firm[] => {
    const margin = score(embedding, row)
    if (margin >= speech.present) return [{ findingId: id, status: 'present', margin, span }]
    if (margin <= speech.absent) return [{ findingId: id, status: 'absent', margin, span }]
    return []
  })
}

/** What an utterance states of the pack's findings, strongest first: each window read by itself, of each finding its strongest statement. */
export function readEmbeddings(
  windows: readonly HeardWindow[],
  score: SaidScore,
  findings: readonly FindingCalibration[],
): EmbeddingReading[] {
  const byFinding = new Map<FindingId, EmbeddingReading>()
  const strongestFirst = windows
    .flatMap((window) => readWindow(window, score, findings))
    .sort((a, b) => Math.abs(b.margin) - Math.abs(a.margin))
  for (const reading of strongestFirst) {
    const known = byFinding.get(reading.findingId)
    if (!known) byFinding.set(reading.findingId, reading)
    else if (known.status !== reading.status) byFinding.set(reading.findingId, { ...known, status: 'uncertain' })
  }
  return [...byFinding.values()]
}
