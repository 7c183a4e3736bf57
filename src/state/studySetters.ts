import type { OpenStudy } from './appState.ts'
import type { SliceAccess } from './store.ts'

export interface StudySetters {
  /** A library case is being opened beside the current study; its views mount at once. */
  beginComparison(caseId: string): void
  showComparison(study: OpenStudy): void
  /** Takes the similar case off the screen, opened or not. */
  closeComparison(): void
}

export function createStudySetters({ patch }: SliceAccess): StudySetters {
  return {
    beginComparison(caseId) {
      patch('study', { comparisonPhase: 'working', comparisonCaseId: caseId })
    },
    showComparison(study) {
      patch('study', { comparisonPhase: 'ready', comparison: study })
    },
    closeComparison() {
      patch('study', { comparisonPhase: 'idle', comparison: null, comparisonCaseId: null })
      patch('view', { activeViewer: 'current' })
    },
  }
}
