import type { CDPSession, Page } from '@playwright/test'
import { openKeepingPage } from '../browser.ts'
import { proportionalMiB } from '../memory.ts'
import { type Box, cut, differenceOf, type Frame, middleOf, Screencast, spreadOf } from './screencast.ts'
import type { ViewerUnderTest } from './viewers.ts'

/** One run of one viewer. */
export interface ViewerRun {
  readonly bytesBeforePaint: number
  readonly bytesBeforeReady: number
  readonly firstPictureMs: number
  readonly completeMs: number
  /** Wheel step → another axial picture, ms; a step that changed nothing within a second is not among them. */
  readonly stepMs: readonly number[]
  readonly missedSteps: number
  /** Main thread busy over 50 ms, from the files on until all is quiet, ms each. */
  readonly longTasksMs: readonly number[]
  /** All processes of the browser, each page of memory counted once: the highest seen, and after it is quiet. */
  readonly peakMiB: number
  readonly restMiB: number
}

const VIEW = { width: 1280, height: 800 }
const WHEEL_STEPS = 40
/** Nothing on the page has changed for so long: complete. */
const QUIET_MS = 4000
const LONGEST_MS = 240_000
/** A picture has at least this share of the complete one's contrast; words and bars on black have less. */
const PICTURE_SHARE = 0.5
/** Mean grey levels by which the views differ between two frames when another picture is drawn. */
const CHANGE = 0.25
/** The same by which a picture differs from the page that waits for files. */
const OTHER = 10
const STEP_PATIENCE_MS = 1000

const WATCH_LONG_TASKS = `
  globalThis.longTasks = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      globalThis.longTasks.push([performance.timeOrigin + startTime, duration])
  }).observe({ type: 'longtask' })
`

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Loading {
  readonly bytesBeforePaint: number
  /** Of the page itself; workers fetch on their own. */
  readonly bytesBeforeReady: number
}

/** Bytes of responses until the first contentful paint, and until the viewer takes files. */
async function countBytes(viewer: ViewerUnderTest, page: Page, session: CDPSession, url: string): Promise<Loading> {
  const received: [number, number][] = []
  const start = { wall: 0, monotonic: 0 }
  session.on('Network.requestWillBeSent', ({ wallTime, timestamp }) =>
    Object.assign(start, { wall: wallTime, monotonic: timestamp }),
  )
  session.on('Network.dataReceived', ({ timestamp, dataLength }) => received.push([timestamp, dataLength]))
  await session.send('Network.enable')
  await page.goto(url)
  const paintedAt = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0]
          if (paint) resolve((performance.timeOrigin + paint.startTime) / 1000)
        }).observe({ type: 'paint', buffered: true })
        setTimeout(() => resolve(Date.now() / 1000), 10_000)
      }),
  )
  await viewer.ready(page)
  const sumUntil = (end: number) =>
    received.reduce((sum, [at, length]) => sum + (start.wall + (at - start.monotonic) <= end ? length : 0), 0)
  return { bytesBeforePaint: sumUntil(paintedAt), bytesBeforeReady: sumUntil(Number.POSITIVE_INFINITY) }
}

/** Waits until the views have not changed for a while; samples memory meanwhile. */
async function untilQuiet(
  cast: Screencast,
  folder: string,
  startedAt: number,
  toOpenMs: () => number,
): Promise<number> {
  let peakMiB = 0
  while (Date.now() - startedAt < LONGEST_MS) {
    await pause(500)
    peakMiB = Math.max(peakMiB, proportionalMiB(folder))
    const last = cast.frames.at(-1)?.atMs ?? startedAt
    if (Date.now() - Math.max(last, toOpenMs()) > QUIET_MS) return peakMiB
  }
  return peakMiB
}

interface Opening {
  readonly firstPictureMs: number
  readonly completeMs: number
}

/** Of the first frame, which waits for files, and those since they were given: the first with a picture in the axial pane, and the last that changed it. */
function readOpening(frames: readonly Frame[], startedAt: number, axial: Box): Opening {
  const looks = frames
    .filter(({ atMs }, n) => n === 0 || atMs >= startedAt)
    .map((frame) => ({ atMs: frame.atMs, pixels: cut(frame, middleOf(axial)) }))
  const [before, final] = [looks[0], looks.at(-1)]
  if (!final) return { firstPictureMs: Number.NaN, completeMs: Number.NaN }
  const isPicture = ({ pixels }: { readonly pixels: Uint8Array }) =>
    differenceOf(pixels, before.pixels) > OTHER && spreadOf(pixels) >= PICTURE_SHARE * spreadOf(final.pixels)
  const first = looks.find(isPicture)
  const changed = looks.filter(({ pixels }, n) => n > 0 && differenceOf(pixels, looks[n - 1].pixels) > CHANGE).at(-1)
  return { firstPictureMs: (first ?? final).atMs - startedAt, completeMs: (changed ?? final).atMs - startedAt }
}

/** Milliseconds from each step of the wheel to another picture in the axial pane; null where there was none. */
async function measureSteps(cast: Screencast, session: CDPSession, axial: Box): Promise<(number | null)[]> {
  const at = { x: (axial.left + axial.width * 0.5) * VIEW.width, y: (axial.top + axial.height * 0.3) * VIEW.height }
  await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at })
  await pause(1000)
  const steps: (number | null)[] = []
  for (let n = 0; n < WHEEL_STEPS; n++) {
    const before = cast.frames.at(-1)
    const sentAt = Date.now()
    void session.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      ...at,
      deltaX: 0,
      deltaY: n % 20 < 10 ? 100 : -100,
    })
    steps.push(before ? await untilChanged(cast, before, sentAt, middleOf(axial)) : null)
    await pause(150)
  }
  return steps
}

async function untilChanged(cast: Screencast, before: Frame, sentAt: number, box: Box): Promise<number | null> {
  const old = cut(before, box)
  let seen = cast.frames.length
  while (Date.now() - sentAt < STEP_PATIENCE_MS) {
    if (cast.frames.length === seen) await cast.next(100)
    for (; seen < cast.frames.length; seen++) {
      const frame = cast.frames[seen]
      if (frame.atMs >= sentAt && differenceOf(cut(frame, box), old) > CHANGE) return frame.atMs - sentAt
    }
  }
  return null
}

/** Opens the files in a browser of its own and reads everything off its frames, its processes and its network. */
export async function measureViewer(
  viewer: ViewerUnderTest,
  url: string,
  files: readonly string[],
): Promise<ViewerRun> {
  const { page, folder, close } = await openKeepingPage('about:blank')
  try {
    const session = await page.context().newCDPSession(page)
    if (viewer.without) await page.route(viewer.without, (route) => route.abort())
    const loading = await countBytes(viewer, page, session, `${url}${viewer.path}`)
    await page.evaluate(WATCH_LONG_TASKS)
    const cast = await Screencast.start(page)
    await cast.next(STEP_PATIENCE_MS)
    const startedAt = Date.now()
    // The viewer's own word tells when to look for quiet, and no figure.
    let openMs = Number.POSITIVE_INFINITY
    void viewer.open(page, files).then(() => {
      openMs = Date.now()
    })
    const peakMiB = await untilQuiet(cast, folder, startedAt, () => openMs)
    const axial = await viewer.axialBox(page)
    const opening = readOpening(cast.frames, startedAt, axial)
    const longTasksMs = await page.evaluate(
      (since) =>
        (globalThis as unknown as { longTasks: [number, number][] }).longTasks
          .filter(([at]) => at >= since)
          .map(([, duration]) => duration),
      startedAt,
    )
    const restMiB = proportionalMiB(folder)
    const steps = await measureSteps(cast, session, axial)
    await cast.stop()
    const stepMs = steps.filter((step) => step !== null)
    return { ...loading, ...opening, stepMs, missedSteps: steps.length - stepMs.length, longTasksMs, peakMiB, restMiB }
  } finally {
    await close()
  }
}
