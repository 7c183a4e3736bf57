import type { Page } from '@playwright/test'
import type { Stretch } from './speak.ts'

/** What the page said from a moment on, until the next change. */
export interface ReadEntry {
  /** Milliseconds on the page's clock. */
  readonly atMs: number
  /** The study whose title is on screen: the one being read. */
  readonly studyId: string
  readonly microphone: string
}

interface LogWindow {
  voxctReadLog: ReadEntry[]
}

/** Begins to note, frame by frame, which study is read and what the microphone does. */
export async function startReadLog(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log: ReadEntry[] = []
    Object.assign(window, { voxctReadLog: log })
    const read = () => {
      const studyId = document.querySelector<HTMLElement>('[data-study-id]')?.dataset.studyId ?? ''
      const microphone = document.querySelector<HTMLElement>('[data-microphone]')?.dataset.microphone ?? ''
      const last = log.at(-1)
      if (last?.studyId !== studyId || last.microphone !== microphone)
        log.push({ atMs: performance.now(), studyId, microphone })
      requestAnimationFrame(read)
    }
    read()
  })
}

export const readLog = (page: Page): Promise<readonly ReadEntry[]> =>
  page.evaluate(() => (window as unknown as LogWindow).voxctReadLog)

/** When the recording began on the page's clock, by the first speech that was noticed in it. */
export function toClockStart(log: readonly ReadEntry[], [first]: readonly Stretch[]): number {
  const speaking = log.find(({ microphone }) => microphone === 'speaking')
  if (!speaking) throw new Error('the microphone has heard nothing')
  return speaking.atMs - first.startMs
}

/** Studies that were read at any time from one moment to another, ms on the page's clock. */
export function toReadBetween(log: readonly ReadEntry[], fromMs: number, toMs: number): ReadonlySet<string> {
  const isWithin = ({ atMs }: ReadEntry, n: number) => atMs <= toMs && (log[n + 1]?.atMs ?? Infinity) >= fromMs
  return new Set(log.filter(isWithin).map(({ studyId }) => studyId))
}

/** Waits for a moment of the recording that the microphone hears; returns at once where it has passed. */
export async function untilSpoken(page: Page, stretches: readonly Stretch[], recordingMs: number): Promise<void> {
  await page.waitForFunction(() =>
    (window as unknown as LogWindow).voxctReadLog.some(({ microphone }) => microphone === 'speaking'),
  )
  const atMs = toClockStart(await readLog(page), stretches) + recordingMs
  await page.waitForFunction((at) => performance.now() >= at, atMs)
}
