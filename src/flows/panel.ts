import { arrangeRows, hasContent, keepPlaces } from '../domain/findings/arrangement.ts'
import { type PanelRow, toOwnPanelRows, toPanelRows } from '../domain/findings/panel.ts'
import { toOwnSeen } from '../domain/findings/taught/ownSeen.ts'
import type { WrittenUtterance } from '../domain/safety/contradictions/contradictions.ts'
import { onlySet } from '../domain/statements/edits.ts'
import { foldStatements, type SaidState, type SaidUtterance } from '../domain/statements/foldStatements.ts'
import { beginsWithTakingBack } from '../domain/statements/transcript/corrections.ts'
import { readPredicate } from '../domain/statements/transcript/predicates.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnFindingItem, UtteranceItem } from '../state/appState.ts'

/** The findings of a study before it has been read. */
export const NOT_READ = {
  progress: null,
  encodeMs: null,
  preprocessMs: null,
  outOfDistribution: null,
  isEvidenceAsked: false,
  problem: null,
} as const

/** What counts of an utterance: while it has not been heard by this pack, only what a person set. */
const toSaid = ({ id, phase, statements, transcript, edits }: UtteranceItem): SaidUtterance => {
  const text = (edits.text ?? transcript ?? '').trim()
  // "May be atelectasis" names a finding itself.
  const isOwnSentence = statements.some(({ words }) => words !== null && text.startsWith(words))
  return {
    id,
    statements: phase === 'ready' ? statements : onlySet(statements),
    takesBackPrevious: beginsWithTakingBack(text),
    predicate: isOwnSentence ? null : readPredicate(text),
  }
}

/** The same with its text, as it was corrected or heard. */
export const toWritten = (item: UtteranceItem): WrittenUtterance => ({
  ...toSaid(item),
  text: item.edits.text ?? item.transcript,
})

/** What an utterance is called where it is what similar cases were searched by. */
export function toUtteranceLabel(item: Pick<UtteranceItem, 'transcript' | 'edits'> | undefined): string {
  const text = item?.edits.text ?? item?.transcript
  return text ? `“${text}”` : 'the utterance'
}

/** Cases that were found by an utterance before it was written down, or corrected, are listed under its words. */
function refreshQueryLabel(study: StudySession): void {
  const { similar, dictation } = study.state
  const { query } = similar
  if (query.kind !== 'utterance' || similar.isSearching) return
  const item = dictation.utterances.find(({ id }) => id === query.utteranceId)
  if (item) study.show('similar', { queryLabel: toUtteranceLabel(item) })
}

function toBy({ isFitted, prompt }: OwnFindingItem): 'taught' | 'prompt' | 'too-few' {
  if (isFitted) return 'taught'
  return prompt === null ? 'too-few' : 'prompt'
}

/** Rows of the reader's own findings, as the pack that has read the study scores them. */
function toOwnRows(
  screen: Screen,
  study: StudySession,
  seen: StudySession['seen'],
  said: ReadonlyMap<string, SaidState>,
): PanelRow[] {
  const scale = seen?.by.pack.manifest.embedding.logitScale ?? 1
  const scores = seen ? seen.by.own.flatMap((fitted) => toOwnSeen(fitted, seen.embedding, scale) ?? []) : []
  const findings = screen.get().own.findings.map((item) => ({
    id: item.id,
    label: item.label,
    own: {
      by: toBy(item),
      present: item.present,
      absent: item.absent,
      figure: item.figure,
      mark: item.marks[study.id] ?? null,
    },
  }))
  return toOwnPanelRows(findings, scores, said)
}

/** Brings the panel of a study up to date with what was seen and what was said. While the microphone is on no row moves. */
export function refreshPanel(screen: Screen, study: StudySession): void {
  const { findings, dictation } = study.state
  const said = dictation.utterances.map(toSaid)
  const isSpoken = dictation.utterances.some(({ phase }, n) => phase === 'ready' || said[n].statements.length > 0)
  const isForeign = findings.outOfDistribution !== null
  const isJudged = isSpoken && !isForeign
  // What does not apply is on no row, and so in no list, export or sentence, until a person asks for it.
  const seen = isForeign && !findings.isEvidenceAsked ? null : study.seen
  const { model, microphone, own } = screen.get()
  const folded = foldStatements(said)
  const ofPack = new Map([...folded].filter(([id]) => own.findings.every((finding) => finding.id !== id)))
  const rows = [
    ...toOwnRows(screen, study, seen, folded),
    ...toPanelRows(model.findings, seen?.findings ?? null, ofPack, isJudged),
  ]
  const isMicrophoneOn = !['off', 'failed'].includes(microphone.status)
  const standsStill = isMicrophoneOn && findings.rows.some(hasContent)
  study.show('findings', { rows: standsStill ? keepPlaces(rows, findings.rows) : arrangeRows(rows) })
  refreshQueryLabel(study)
}
