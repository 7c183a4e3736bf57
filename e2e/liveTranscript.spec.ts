import type { Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, type VoxctPage, withBrowser } from './support/app.ts'
import { microphoneArgs, speak } from './support/speak.ts'
import { cube, transcripts, utterances } from './support/studies.ts'

// Two loads of the page, and passes that take what the machine has to give.
test.setTimeout(300_000)

/** One breath of some fifteen seconds: nothing in it is long enough to be a pause. */
const BREATH =
  'There is a large right pleural effusion and a small nodule in the left upper lobe without calcification ' +
  'and there is mild emphysema in both upper lobes while the heart is not enlarged and no pericardial effusion is seen ' +
  'and there is a small hiatal hernia'

interface Shown {
  readonly settled: string
  readonly unsettled: string
  readonly colours: readonly string[]
}

/** Notes every text of the card of what is being said. Text, because tsx names functions by a helper of its own. */
const WATCH = `
  globalThis.shown = []
  const read = (id) => document.querySelector('[data-testid="' + id + '"]')
  new MutationObserver(() => {
    const settled = read('live-settled'), unsettled = read('live-unsettled')
    if (!settled || !unsettled) return
    const colours = [settled, unsettled, read('live-card')].map((one, n) =>
      getComputedStyle(one)[n < 2 ? 'color' : 'backgroundColor'])
    const now = { settled: settled.textContent, unsettled: unsettled.textContent, colours }
    if (JSON.stringify(now) !== JSON.stringify(globalThis.shown.at(-1))) globalThis.shown.push(now)
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
`

const shown = (page: Page): Promise<Shown[]> => page.evaluate(() => (globalThis as unknown as { shown: Shown[] }).shown)

/** Relative luminance of `rgb(r, g, b)` (WCAG 2). */
function luminance(colour: string): number {
  const parts = (/\d+, \d+, \d+/.exec(colour)?.[0] ?? '').split(', ').map((text) => {
    const value = Number(text) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

async function openScan(app: VoxctPage): Promise<void> {
  await app.dropFiles(cube('read.nii', -850, 60))
  await expect(app.page.getByTestId('study-title')).toHaveText('read.nii')
  await app.idle()
}

/** The transcriber is there, as for anyone who has spoken before; nothing is said of the study yet. */
async function openWithTranscriber(app: VoxctPage): Promise<void> {
  const { page } = app
  await app.openEmpty()
  await openScan(app)
  await page.getByTestId('audio-input').setInputFiles(speak('live-first', 'No effusion.', { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await transcripts(page)
  await page.locator('[data-testid^="remove-"]').click()
  await expect(utterances(page)).toHaveCount(0)
  await page.evaluate(WATCH)
}

const toOptions = (baseURL: string | undefined, name: string, padSeconds = 1.5) => ({
  args: microphoneArgs(speak(name, BREATH, { padSeconds })),
  executablePath: findChromium(),
  baseURL: baseURL ?? '',
  permissions: ['microphone'],
})

test('what is being said is shown while one speaks, settled words apart, and is gone once it is heard', async ({
  baseURL,
}) => {
  await withBrowser(toOptions(baseURL, 'live'), async (app) => {
    const { page } = app
    await openWithTranscriber(app)
    await page.keyboard.press('m')
    const card = page.getByTestId('live-card')
    await expect(card).toBeVisible()
    await expect(utterances(page)).toHaveCount(0)
    await expect(utterances(page)).toHaveCount(1, { timeout: 60_000 })
    await expect(card).toHaveCount(0)
    await page.keyboard.press('m')
    await app.idle()
    const [final] = await transcripts(page)
    expect(final.toLowerCase()).toContain('pleural effusion')
    await expect(page.getByTestId('heard-announcer')).toHaveText(final)
    const texts = await shown(page)
    expect(texts.length).toBeGreaterThanOrEqual(2)
    expect(texts.some(({ settled }) => settled !== '')).toBe(true)
    expect(texts.some(({ unsettled }) => unsettled !== '')).toBe(true)
    for (const [n, { settled }] of texts.slice(1).entries()) expect(settled.startsWith(texts[n].settled)).toBe(true)
    for (const { colours } of texts) {
      const [settled, unsettled, ground] = colours
      expect(contrast(settled, ground)).toBeGreaterThan(contrast(unsettled, ground))
      expect(contrast(unsettled, ground)).toBeGreaterThanOrEqual(4.5)
    }
    await page.reload()
    await openScan(app)
    expect(await transcripts(page)).toEqual([final])
  })
})

test('what is being said goes with Escape, with another study, about which it comes again, and with the microphone', async ({
  baseURL,
}) => {
  // Spoken over and over.
  const { args, ...options } = toOptions(baseURL, 'live-gone', 0)
  await withBrowser({ ...options, args: args.map((one) => one.replace('%noloop', '')) }, async (app) => {
    const { page } = app
    const card = page.getByTestId('live-card')
    await openWithTranscriber(app)
    await page.keyboard.press('m')
    await expect(card).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(card).toHaveCount(0)
    await app.dropFiles(cube('other.nii', -850, 61))
    await expect(page.getByTestId('study-title')).toHaveText('other.nii')
    await expect(card).toBeVisible({ timeout: 60_000 })
    await page.keyboard.press('m')
    await expect(card).toHaveCount(0)
    await app.idle()
    await expect(card).toHaveCount(0)
  })
})
