import { toPanelRows } from '../domain/findings/panel.ts'
import { foldStatements } from '../domain/statements/foldStatements.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'

/** The findings of a study before it has been read. */
export const NOT_READ = {
  progress: null,
  encodeMs: null,
  preprocessMs: null,
  outOfDistribution: null,
  problem: null,
} as const

/** Brings the panel of a study up to date with what was seen and what was said. */
export function refreshPanel(screen: Screen, study: StudySession): void {
  const { findings, dictation } = study.state
  const ready = dictation.utterances.filter((item) => item.phase === 'ready')
  const isJudged = ready.length > 0 && findings.outOfDistribution === null
  const seen = study.seen?.findings ?? null
  study.show('findings', { rows: toPanelRows(screen.get().model.findings, seen, foldStatements(ready), isJudged) })
}
