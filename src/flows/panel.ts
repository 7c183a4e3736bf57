import { toPanelRows } from '../domain/findings/panel.ts'
import { onlySet } from '../domain/statements/edits.ts'
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
  const said = dictation.utterances.map(({ id, phase, statements }) => ({
    id,
    isHeard: phase === 'ready',
    statements: phase === 'ready' ? statements : onlySet(statements),
  }))
  const isSpoken = said.some(({ isHeard, statements }) => isHeard || statements.length > 0)
  const isJudged = isSpoken && findings.outOfDistribution === null
  const seen = study.seen?.findings ?? null
  study.show('findings', { rows: toPanelRows(screen.get().model.findings, seen, foldStatements(said), isJudged) })
}
