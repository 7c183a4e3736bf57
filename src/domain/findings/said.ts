import type { FindingId } from './finding.ts'
import type { SaidScore } from './saidScore.ts'
import type { FindingCalibration } from './seen.ts'

/** One finding that an utterance states, with the score that decided it (saidScore.ts). */
export interface SaidFinding {
  readonly findingId: FindingId
  /** Uncertain: the encoder reads it as absent, the transcript does not (questionAbsent.ts). */
  readonly status: 'present' | 'absent' | 'uncertain'
  readonly margin: number
}

/** What one window states of the pack's findings, in the manifest's order. Those between the thresholds were not mentioned. */
function readWindow(embedding: Float32Array, score: SaidScore, findings: readonly FindingCalibration[]): SaidFinding[] {
  const said: SaidFinding[] = []
  for (const [row, finding] of findings.entries()) {
    const margin = score(embedding, row)
    const limits = finding.thresholds.speech
    if (margin >= limits.present) said.push({ findingId: finding.id, status: 'present', margin })
    else if (margin <= limits.absent) said.push({ findingId: finding.id, status: 'absent', margin })
  }
  return said
}

/** What an utterance states of the pack's findings, strongest first: each window read by itself, of each finding its strongest statement. */
export function toSaidFindings(
  windows: readonly Float32Array[],
  score: SaidScore,
  findings: readonly FindingCalibration[],
): SaidFinding[] {
  const strongest = new Map<FindingId, SaidFinding>()
  for (const said of windows.flatMap((window) => readWindow(window, score, findings))) {
    const known = strongest.get(said.findingId)
    if (!known || Math.abs(said.margin) > Math.abs(known.margin)) strongest.set(said.findingId, said)
  }
  return [...strongest.values()].sort((a, b) => Math.abs(b.margin) - Math.abs(a.margin))
}

/** The state of a finding over a dictation: the last utterance that mentions it decides. */
export interface SaidState extends SaidFinding {
  readonly utteranceId: string
}

/** Folds utterances, oldest first, into one state a finding. An uncertain one takes back nothing that was said firmly. */
export function foldSaid(
  utterances: readonly { readonly id: string; readonly said: readonly SaidFinding[] }[],
): ReadonlyMap<FindingId, SaidState> {
  const states = new Map<FindingId, SaidState>()
  for (const utterance of utterances) {
    for (const said of utterance.said)
      if (said.status !== 'uncertain' || !states.has(said.findingId))
        states.set(said.findingId, { ...said, utteranceId: utterance.id })
  }
  return states
}
