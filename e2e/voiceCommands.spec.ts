import type { Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { rampSeries } from './support/rampSeries.ts'
import { microphoneArgs, speak, speakStretches } from './support/speak.ts'
import { transcripts, utterances } from './support/studies.ts'

// Two models are loaded and three utterances heard.
test.setTimeout(300_000)

/** By the command key; behind the leading word; and dictation that resembles a command. */
const SAID = ['Soft tissue window.', 'Viewer, lung window.', 'On the bone window there is no fracture of the ribs.']
const GAP_MS = 6000

const told = (page: Page) => page.getByTestId('voice-card')
const windowIs = (page: Page, label: string) =>
  expect(page.getByTestId(`preset-${label.toLowerCase()}`)).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 })

test('a command by its key and one behind the leading word change the window and leave no statement; dictation that resembles one runs nothing', async ({
  baseURL,
}) => {
  const { path } = speakStretches('commands', SAID, GAP_MS)
  const options = { args: microphoneArgs(path), executablePath: findChromium(), permissions: ['microphone'] }
  await withBrowser({ ...options, baseURL: baseURL ?? '' }, async (app) => {
    const { page } = app
    await app.openEmpty()
    await app.dropFiles(rampSeries())
    await app.idle()
    await page.getByTestId('audio-input').setInputFiles(speak('commands-first', 'No effusion.', { padSeconds: 1 }))
    await expect(utterances(page)).toHaveCount(1)
    await transcripts(page)

    await page.keyboard.press('m')
    await page.keyboard.down('Shift')
    await page.keyboard.down('M')
    await expect(page.getByTestId('voice-mode')).toHaveText('Command: let go to run it')
    await expect(page.getByTestId('app-shell')).toHaveAttribute('data-microphone', 'speaking', { timeout: 60_000 })
    await silent(page)
    await page.keyboard.up('M')
    await page.keyboard.up('Shift')
    await expect(told(page)).toContainText('Mediastinum', { timeout: 60_000 })
    await windowIs(page, 'Mediastinum')
    await expect(told(page)).toContainText('Lung', { timeout: 60_000 })
    await windowIs(page, 'Lung')
    await expect(utterances(page)).toHaveCount(2, { timeout: 60_000 })
    await page.keyboard.press('m')
    await app.idle()
    const [, last] = await transcripts(page)
    expect(last.toLowerCase()).toContain('window')
    expect(last.toLowerCase()).not.toContain('viewer')
    await windowIs(page, 'Lung')
  })
})

/** Nothing is heard for a while: the level of the meter, looked at ten times a second. */
async function silent(page: Page): Promise<void> {
  const meter = page.getByTestId('level-meter').locator('div')
  let quiet = 0
  const look = async () => {
    const level = Number(
      /\(([\d.e-]+)/.exec(await meter.evaluate((fill) => (fill as HTMLElement).style.transform))?.[1] ?? 1,
    )
    quiet = level < 0.02 ? quiet + 1 : 0
    return quiet
  }
  await expect.poll(look, { intervals: [100], timeout: 60_000 }).toBeGreaterThan(8)
}
