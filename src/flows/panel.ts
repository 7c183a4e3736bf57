import { toPanelRows } from '../domain/findings/panel.ts'
import { foldSaid } from '../domain/findings/said.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import type { Screen } from './screen.ts'

/** The findings slice before a volume has been read. */
export const NOT_READ = {
  progress: null,
  encodeMs: null,
  preprocessMs: null,
  outOfDistribution: null,
  problem: null,
} as const

/** Brings the panel up to date with what was seen and what was said. */
export function refreshPanel(screen: Screen, seen: readonly SeenFinding[] | null): void {
  const { dictation, model } = screen.get()
  const ready = dictation.utterances.filter((item) => item.phase === 'ready')
  const isJudged = ready.length > 0 && screen.get().findings.outOfDistribution === null
  screen.patch('findings', { rows: toPanelRows(model.findings, seen, foldSaid(ready), isJudged) })
}
