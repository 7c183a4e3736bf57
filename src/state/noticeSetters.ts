import type { StoreApi } from 'zustand/vanilla'
import type { Problem } from '../base/result.ts'
import type { AppState, Notice } from './appState.ts'

export interface NoticeSetters {
  /** Tells the user once: a problem that is already on screen is not repeated. None is dropped for another. */
  notify(problem: Problem, severity?: Notice['severity']): void
  dismiss(noticeId: string): void
}

const isSame = (notice: Notice, problem: Problem): boolean =>
  notice.problem.code === problem.code && notice.problem.message === problem.message

export function createNoticeSetters(api: StoreApi<AppState>): NoticeSetters {
  let count = 0
  return {
    notify(problem, severity = 'error') {
      const { notices } = api.getState()
      if (notices.some((notice) => isSame(notice, problem))) return
      count += 1
      const notice: Notice = { id: `notice-${count}`, severity, problem }
      api.setState({ notices: [...notices, notice] })
    },
    dismiss(noticeId) {
      api.setState({ notices: api.getState().notices.filter((notice) => notice.id !== noticeId) })
    },
  }
}
