import type { ReportStatus } from '../domain/dictatedReport/reportStatus.ts'
import { selectReportStatus } from '../state/reportSelectors.ts'
import type { AppStore } from '../state/store.ts'

/** Whenever a report begins, is signed or changes after that, it is noted: a later visit lists the study with the state of its report. */
export function keepReportStatus(store: AppStore, note: (studyId: string) => void): void {
  const kept = new Map<string, ReportStatus>()
  store.subscribe((state, before) => {
    if (state.studies === before.studies) return
    for (const [id, study] of Object.entries(state.studies)) {
      if (study === before.studies[id]) continue
      const status = selectReportStatus(study)
      if (status !== (kept.get(id) ?? 'unread')) note(id)
      kept.set(id, status)
    }
  })
}
