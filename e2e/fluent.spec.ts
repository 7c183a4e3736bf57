import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { microphoneArgs } from './support/speak.ts'
import { cube, utterances } from './support/studies.ts'

/** fixtures/heard/README.md: eleven sentences of 40 s, one behind the other. */
const DICTATION = resolve('fixtures/heard/fluent.wav')
/** What each finding is said to be at the end. */
const SAID: Record<string, string> = JSON.parse(readFileSync(resolve('fixtures/heard/fluent.json'), 'utf8'))

test('a fluent dictation of 40 s fills the panel as it was said: negated behind, corrected, resolved, possible, and nothing of the thyroid', async ({
  baseURL,
}) => {
  const options = { executablePath: findChromium(), baseURL: baseURL ?? '', permissions: ['microphone'] }
  await withBrowser({ ...options, args: microphoneArgs(DICTATION) }, async (app) => {
    const { page } = app
    await app.openEmpty()
    await app.dropFiles(cube('read.nii', -850, 60))
    await expect(page.getByTestId('study-title')).toHaveText('read.nii')
    await app.idle()
    await page.keyboard.press('m')
    await expect(utterances(page).first()).toBeVisible({ timeout: 90_000 })
    await expect.poll(() => page.getByTestId('mic-button').getAttribute('data-status')).toBe('listening')
    await page.waitForTimeout(2000)
    await page.keyboard.press('m')
    await app.idle()
    for (const [finding, said] of Object.entries(SAID))
      await expect.soft(app.row(finding), finding).toHaveAttribute('data-said', said)
    const named = page.locator('[data-testid^="finding-row-"]:not([data-said="not-mentioned"])')
    expect(await named.count()).toBe(Object.keys(SAID).length)
  })
})
