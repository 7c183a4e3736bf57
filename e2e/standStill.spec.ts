import type { Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { microphoneArgs, speak, speakStretches } from './support/speak.ts'
import { utterances } from './support/studies.ts'

/** Both are not seen in the demo case: they would come to the top of the panel. */
const SPOKEN = ['There is a hiatal hernia, a large hiatal hernia.', 'There is consolidation in the right lower lobe.']
const SAID = ['hiatal_hernia', 'consolidation']

/** What stands in the list, headings among it, in its order. */
const order = (page: Page) =>
  page
    .locator('[data-testid^="finding-row-"], [data-testid^="group-"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-testid') ?? ''))

test('no row changes its place while the microphone is on, and all come into their groups once it is off', async ({
  baseURL,
}) => {
  const { path } = speakStretches('stand-still', SPOKEN, 1500)
  const options = { executablePath: findChromium(), baseURL: baseURL ?? '', permissions: ['microphone'] }
  await withBrowser({ ...options, args: microphoneArgs(path) }, async (app) => {
    const { page } = app
    await app.open()
    await app.idle()
    const ranked = await order(page)
    expect(ranked).toHaveLength(18)
    await page.keyboard.press('m')
    for (const id of SAID) {
      await expect(app.row(id)).toHaveAttribute('data-said', 'present')
      expect(await order(page)).toEqual(ranked)
    }
    await expect(page.getByTestId('mic-button')).toHaveAttribute('data-status', 'listening')
    await page.keyboard.press('m')
    await expect(page.getByTestId('mic-button')).toHaveAttribute('data-status', 'off')
    await app.idle()
    const grouped = await order(page)
    expect(grouped.slice(0, 3).sort()).toEqual(['group-to-resolve', ...SAID.map((id) => `finding-row-${id}`)].sort())
    expect(grouped.at(-1)).toBe('group-others')
    const folded = Number(await page.getByTestId('group-others').getAttribute('data-count'))
    const rows = grouped.filter((id) => id.startsWith('finding-row-'))
    expect(rows.length + folded).toBe(18)
  })
})

test('rows and fold of all groups are reached by arrow keys, and nothing is printed where nothing was said', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  await page.getByTestId('audio-input').setInputFiles(speak('stand-hernia', SPOKEN[0], { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  const before = await order(page)
  const rows = before.filter((id) => id.startsWith('finding-row-'))
  await page.getByTestId(rows[0]).focus()
  for (const id of [...rows.slice(1), 'fold-others']) {
    await page.keyboard.press('ArrowDown')
    await expect(page.getByTestId(id)).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('fold-others')).toHaveAttribute('aria-expanded', 'true')
  const all = (await order(page)).filter((id) => id.startsWith('finding-row-'))
  expect(all).toHaveLength(18)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId(all[rows.length])).toBeFocused()
  const silent = page.locator('[data-testid^="finding-row-"][data-said="not-mentioned"][data-agreement=""]')
  for (const text of await silent.locator('[class*="saidCell"]').allTextContents()) expect(text).toBe('')
  await page.keyboard.press('Shift+F')
  expect(await order(page)).toEqual(before)
  await page.getByText(/^Said 1$/).click()
  expect(await order(page)).toEqual(['group-to-resolve', 'finding-row-hiatal_hernia'])
})
