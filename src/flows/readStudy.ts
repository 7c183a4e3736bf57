import { asksFor } from '../domain/retrieval/query.ts'
import type { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import { findSimilar } from './findSimilar.ts'
import { refreshPanel } from './panel.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'

/** The scan by the pack in use → its findings on the panel and the cases like it. */
export async function readStudy(deps: ReadVolumeDeps, { pack }: Desk, study: StudySession): Promise<void> {
  if (!pack || !(await readVolume(deps, pack, study))) return
  refreshPanel(deps.screen, study)
  const { query } = study.state.similar
  if (asksFor(query, ({ kind }) => kind === 'ct')) await findSimilar(pack, study, query)
}
