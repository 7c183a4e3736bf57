import type { StoreApi } from 'zustand/vanilla'
import type { Told } from '../base/result.ts'
import type { AppState, Notice } from './appState.ts'

export interface NoticeSetters {
  /** Tells the user once: what is already on screen is not repeated, but what goes by itself stays its time anew. None is dropped for another. */
  notify(told: Told, severity?: Notice['severity']): void
  dismiss(noticeId: string): void
}

const isSame = (notice: Notice, told: Told): boolean =>
  notice.told.code === told.code && notice.told.message === told.message

export function createNoticeSetters(api: StoreApi<AppState>): NoticeSetters {
  let count = 0
  return {
    notify(told, severity = 'error') {
      const { notices } = api.getState()
      const shown = notices.find((notice) => isSame(notice, told))
      if (shown && shown.severity !== 'info') return
      count += 1
      const notice: Notice = { id: `notice-${count}`, severity, told }
      api.setState({ notices: [...notices.filter((one) => one !== shown), notice] })
    },
    dismiss(noticeId) {
      api.setState({ notices: api.getState().notices.filter((notice) => notice.id !== noticeId) })
    },
  }
}
