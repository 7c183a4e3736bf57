import { expect, type Page } from '@playwright/test'
import { microphoneArgs, speak } from '../e2e/support/speak.ts'
import { idle, launch } from './browser.ts'
import type { Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

/** Some fifteen seconds in one breath. */
const BREATH =
  'There is a large right pleural effusion and a small nodule in the left upper lobe without calcification ' +
  'and there is mild emphysema in both upper lobes while the heart is not enlarged and no pericardial effusion is seen ' +
  'and there is a small hiatal hernia'
const REPEATS = 3

interface Pass {
  readonly startTime: number
  readonly duration: number
  readonly detail: { readonly startMs: number; readonly isAbandoned: boolean }
}

const utterances = (page: Page) => page.locator('[data-testid^="utterance-"]')

const takeEntries = (page: Page, name: string): Promise<Pass[]> =>
  page.evaluate((measure) => {
    const entries = performance.getEntriesByName(measure) as PerformanceMeasure[]
    return entries.map(({ startTime, duration, detail }) => ({ startTime, duration, detail }))
  }, name)

/** One breath into the microphone of a fresh page that has its transcriber: its passes, and when it was cut, ms. */
async function speakOnce(url: string, wav: string, first: string) {
  const browser = await launch({ args: microphoneArgs(wav) })
  const context = await browser.newContext({ permissions: ['microphone'] })
  const page = await context.newPage()
  await page.goto(url)
  await idle(page)
  await page.getByTestId('audio-input').setInputFiles(first)
  await expect(utterances(page)).toHaveCount(1)
  await idle(page)
  await page.keyboard.press('m')
  await expect(utterances(page)).toHaveCount(2, { timeout: 120_000 })
  await idle(page)
  const passes = await takeEntries(page, 'voxct:live-pass')
  const [cut] = (await takeEntries(page, 'voxct:end-of-speech-to-panel')).slice(-1)
  await browser.close()
  return { passes, cutMs: cut.startTime }
}

const formatSpread = (values: readonly number[]): string =>
  values.length === 0 ? 'none' : `${formatMs(median(values))}, ${formatMs(Math.max(...values))}`

/**
 * While one speaks: from one text to the next, from the sound to its text, and how long the final transcript waits for a
 * pass that runs at the cut. Median and longest of all passes of all runs.
 */
export async function measureLiveTranscript(url: string): Promise<Row[]> {
  const wav = speak('bench-live', BREATH, { padSeconds: 1.5 })
  const first = speak('bench-live-first', 'No effusion.', { padSeconds: 1 })
  const [intervals, latencies, waits]: number[][] = [[], [], []]
  for (let run = 0; run < REPEATS; run++) {
    const { passes, cutMs } = await speakOnce(url, wav, first)
    const texts = passes.filter(({ detail }) => !detail.isAbandoned)
    const ends = texts.map(({ startTime, duration }) => startTime + duration)
    intervals.push(...ends.slice(1).map((end, n) => end - ends[n]))
    latencies.push(...texts.map(({ duration }) => duration))
    const rest = passes.filter(({ detail }) => detail.isAbandoned).map((one) => one.startTime + one.duration - cutMs)
    waits.push(Math.max(0, ...rest))
  }
  const what = 'Live text (Whisper base, 15 s in one breath), median and longest'
  return [
    { what: `${what}: from one text to the next`, value: formatSpread(intervals), peer: '' },
    { what: `${what}: from the sound to its text`, value: formatSpread(latencies), peer: '' },
    { what: `${what}: what the final transcript waits for a pass at the cut`, value: formatSpread(waits), peer: '' },
  ]
}
