import { type Problem, toProblem } from '../base/result.ts'

/** The browser's own remark that a layout takes one more frame; nothing has failed. */
const LAYOUT_REMARK = /^ResizeObserver loop/

/** Tells the user of every error that nobody caught. */
export function reportUncaught(page: EventTarget, notify: (problem: Problem) => void): void {
  page.addEventListener('error', (event) => {
    const { error, message } = event as ErrorEvent
    if (!LAYOUT_REMARK.test(message)) notify(toProblem(error ?? message))
  })
  page.addEventListener('unhandledrejection', (event) => notify(toProblem((event as PromiseRejectionEvent).reason)))
}
