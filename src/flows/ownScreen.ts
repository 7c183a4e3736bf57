import type { Problem } from '../base/result.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { countPatients } from '../domain/findings/taught/judgeExamples.ts'
import { countExamples, type OwnExample, type OwnFinding } from '../domain/findings/taught/ownFinding.ts'
import type { FittedFinding } from '../domain/findings/taught/ownSeen.ts'
import { unspeakable } from '../domain/findings/taught/ownWords.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnFindingItem } from '../state/appState.ts'

export const nothingToMark = (study: StudySession | null): Problem => ({
  code: 'nothing-to-mark',
  message: study
    ? `${study.state.study.title} has not been encoded: there is nothing of it to learn from.`
    : 'There is no scan to mark.',
  nextStep: study ? 'Wait until the model has read it, then mark it.' : 'Open a scan, then mark what it shows.',
})

/** Whose a study is, hashed: by the patient's ID, else by the study's UID; without either every scan is a patient of its own. */
export function toPatient({ id, state }: StudySession, hashPatient: (name: string) => string): string {
  const { identity } = state.study
  const name = identity?.patientId?.trim() || identity?.studyUid
  return name ? hashPatient(name) : id
}

/** The scan that is read as an example; null where the pack has not read it. */
export function toExample(
  pack: PackSession,
  study: StudySession,
  isPresent: boolean,
  hashPatient: (name: string) => string,
  place: Float32Array | null = null,
): OwnExample | null {
  if (study.seen?.by !== pack) return null
  return {
    studyId: study.id,
    patient: toPatient(study, hashPatient),
    isPresent,
    embedding: study.seen.embedding,
    place,
    markedAtMs: Date.now(),
  }
}

function toItem({ finding, readOut, figure }: FittedFinding, isMeasuring: boolean): OwnFindingItem {
  const { id, label, synonyms, prompt, examples } = finding
  const patients = countPatients(examples)
  return {
    id,
    label,
    synonyms,
    unheard: unspeakable([label, ...synonyms]),
    prompt: prompt?.text ?? null,
    ...countExamples(examples),
    places: examples.filter(({ isPresent, place }) => isPresent && place).length,
    presentPatients: patients.present,
    absentPatients: patients.absent,
    isFitted: readOut !== null,
    figure,
    isMeasuring,
    marks: Object.fromEntries(examples.map((one) => [one.studyId, one.isPresent ? 'present' : 'absent'])),
  }
}

function countElsewhere(others: readonly OwnFinding[]) {
  const counts = new Map<string, number>()
  for (const { of } of others) counts.set(of.packTitle || of.packId, (counts.get(of.packTitle || of.packId) ?? 0) + 1)
  return [...counts].map(([packTitle, count]) => ({ packTitle, count }))
}

interface ShownBeside {
  /** Findings of other packs. */
  readonly others: readonly OwnFinding[]
  readonly unreadableCount: number
  readonly undo: string | null
  isMeasuring(id: FindingId): boolean
}

export function showOwn(
  screen: Screen,
  own: readonly FittedFinding[],
  { others, unreadableCount, undo, isMeasuring }: ShownBeside,
): void {
  screen.patch('own', {
    findings: own.map((fitted) => toItem(fitted, isMeasuring(fitted.finding.id))),
    elsewhere: countElsewhere(others),
    unreadableCount,
    undo,
  })
}
