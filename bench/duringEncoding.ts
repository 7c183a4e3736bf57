import { expect, type Page } from '@playwright/test'
import { idle } from './browser.ts'

/** Of one page with one model, in milliseconds. */
export interface DuringEncoding {
  /** End of an utterance → panel, with nothing else going on. */
  readonly idleMs: readonly number[]
  /** The same while the scan is encoded; utterances that were answered after its end do not count. */
  readonly duringMs: readonly number[]
  /** Time between two frames of the page while it encodes: 95th percentile, and the longest. */
  readonly frameGapP95Ms: number
  readonly longestFrameGapMs: number
  /** Of the encoding during which all this was measured. */
  readonly encodeMs: number
}

export interface DuringEncodingOptions {
  /** Audio file with one utterance. */
  readonly wav: string
  readonly repeats: number
  /** An encoding of a large model takes minutes on few cores. */
  readonly timeoutMs?: number
}

const MEASURE = 'voxct:end-of-speech-to-panel'

const answerTimes = (page: Page): Promise<number[]> =>
  page.evaluate((name) => performance.getEntriesByName(name).map(({ duration }) => duration), MEASURE)

/** Gives the page the audio file and waits for the panel; the milliseconds from the end of the utterance. */
async function hear(page: Page, wav: string, timeoutMs: number): Promise<number> {
  const before = (await answerTimes(page)).length
  await page.getByTestId('audio-input').setInputFiles(wav)
  await expect
    .poll(async () => (await answerTimes(page)).length, { timeout: timeoutMs, intervals: [50] })
    .toBe(before + 1)
  return (await answerTimes(page))[before]
}

/** Notes the time of every frame as long as `frameTimes` is there. Text, because tsx names functions by a helper of its own. */
const WATCH_FRAMES = `
  globalThis.frameTimes = []
  requestAnimationFrame(function note(now) {
    if (!globalThis.frameTimes) return
    globalThis.frameTimes.push(now)
    requestAnimationFrame(note)
  })
`

/** Milliseconds between the frames noted so far, ascending; nothing is noted any more. */
async function takeFrameGaps(page: Page): Promise<number[]> {
  const times = await page.evaluate(() => {
    const noted = (globalThis as unknown as { frameTimes: number[] }).frameTimes
    Reflect.deleteProperty(globalThis, 'frameTimes')
    return noted
  })
  return times
    .slice(1)
    .map((time, n) => time - times[n])
    .sort((a, b) => a - b)
}

const isEncoding = async (page: Page): Promise<boolean> => {
  const progress = page.getByTestId('findings-progress')
  return (await progress.count()) > 0 && ((await progress.textContent()) ?? '').includes('Encoding')
}

/** Reads the case on screen again and speaks all the while. */
async function speakDuringEncoding(page: Page, wav: string, timeoutMs: number): Promise<number[]> {
  await page.getByTestId('demo-button').first().click()
  await expect.poll(() => isEncoding(page), { timeout: timeoutMs, intervals: [50] }).toBe(true)
  await page.evaluate(WATCH_FRAMES)
  const answers: number[] = []
  while (await isEncoding(page)) {
    const answerMs = await hear(page, wav, timeoutMs)
    if (await isEncoding(page)) answers.push(answerMs)
  }
  return answers
}

/**
 * What a person feels of a long encoding: how long an utterance waits for its answer, and whether the page keeps its
 * frames. The page must have loaded its model and read the demo case.
 */
export async function measureDuringEncoding(page: Page, options: DuringEncodingOptions): Promise<DuringEncoding> {
  const { wav, repeats, timeoutMs = 600_000 } = options
  await idle(page, timeoutMs)
  await hear(page, wav, timeoutMs)
  const idleMs: number[] = []
  for (let run = 0; run < repeats; run++) idleMs.push(await hear(page, wav, timeoutMs))
  const startedAt = Date.now()
  const duringMs = await speakDuringEncoding(page, wav, timeoutMs)
  const encodeMs = Date.now() - startedAt
  const gaps = await takeFrameGaps(page)
  await idle(page, timeoutMs)
  const frameGapP95Ms = gaps[Math.floor(gaps.length * 0.95)] ?? Number.NaN
  return { idleMs, duringMs, frameGapP95Ms, longestFrameGapMs: gaps.at(-1) ?? Number.NaN, encodeMs }
}
