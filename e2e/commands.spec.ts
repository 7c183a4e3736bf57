import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { rampSeries } from './support/rampSeries.ts'

/** A small scan, which a reload takes away. */
async function dropScan(app: VoxctPage): Promise<void> {
  await app.dropFiles(rampSeries())
  await expect(app.page.locator('[data-view="axial"][data-volume-id]')).toBeVisible()
  await app.idle()
}

async function openScan(app: VoxctPage): Promise<void> {
  await openTiny(app)
  await dropScan(app)
}

const openKeys = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('change keys')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('keys-sheet').getByRole('dialog')).toBeVisible()
}

const closeSheet = async (page: Page) => {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

const violationsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.length])

test('the palette opens over the page, finds by a few letters, asks for a value and runs', async ({ app, page }) => {
  await app.open()
  await app.idle()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Command' })
  await expect(field).toBeFocused()
  await expect(page.getByTestId('palette-window.preset:bone')).toContainText('3')
  expect(await violationsOf(page)).toEqual([])

  // Letters go into the field and nowhere else: "h" would ask for heat, "3" for a window.
  await page.keyboard.type('medwin')
  await expect(page.getByRole('option').first()).toHaveText(/^Mediastinum window/)
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('preset-mediastinum')).toHaveAttribute('aria-pressed', 'true')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('show a finding')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Show a finding: Finding' })).toBeFocused()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.type('emphys')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('heat-withheld')).toContainText('Emphysema')
})

test('what would do nothing is dimmed and is not run; Escape closes the palette and nothing else', async ({
  app,
  page,
}) => {
  await openScan(app)
  await page.keyboard.press('f')
  await expect(page.getByRole('button', { name: 'Show all views' })).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('close the similar case')
  await expect(page.getByTestId('palette-cases.close')).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('palette-field')).toBeFocused()
  await closeSheet(page)
  await expect(page.getByRole('button', { name: 'Show all views' })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Show all views' })).toHaveCount(0)
})

test('a key is changed by pressing another, works after a reload, and the old one does nothing', async ({
  app,
  page,
}) => {
  await openScan(app)
  await openKeys(page)
  await page.getByTestId('key-change-views.crosshair').click()
  await page.keyboard.press('F2')
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('F2')
  await closeSheet(page)
  await page.reload()
  await dropScan(app)
  const shell = page.getByTestId('app-shell')
  await expect(shell).toHaveAttribute('data-crosshair', 'false')
  await page.keyboard.press('F2')
  await expect(shell).toHaveAttribute('data-crosshair', 'true')
  await page.keyboard.press('x')
  await expect(shell).toHaveAttribute('data-crosshair', 'true')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('F2')
})

test('a key that runs something else is shown before it is taken; a reset gives every command its own', async ({
  app,
  page,
}) => {
  await openScan(app)
  await openKeys(page)
  const change = page.getByTestId('key-change-views.crosshair')
  await change.click()
  await page.keyboard.press('2')
  const conflict = page.getByTestId('key-conflict-views.crosshair')
  await expect(conflict).toContainText('Mediastinum window')
  expect(await violationsOf(page)).toEqual([])
  await page.getByTestId('key-leave').click()
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('X')
  await expect(change).toBeFocused()

  await change.click()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('X')
  await change.click()
  await page.keyboard.press('2')
  await page.getByTestId('key-take').click()
  await expect(page.getByTestId('keys-of-window.preset:mediastinum')).toContainText('no key')
  await expect(page.getByTestId('preset-mediastinum')).toHaveText('Mediastinum')

  await page.getByTestId('keys-reset').click()
  await page.getByTestId('confirm-yes').click()
  await expect(page.getByTestId('keys-of-window.preset:mediastinum')).toContainText('2')
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('X')
})

test('with single characters off, text that software types into the page does nothing', async ({ app, page }) => {
  await openScan(app)
  const shell = page.getByTestId('app-shell')
  const events: string[] = []
  page.on('download', () => events.push('download'))
  page.on('filechooser', () => events.push('filechooser'))
  await openKeys(page)
  await page.getByRole('switch', { name: /Single letters/ }).click({ force: true })
  await closeSheet(page)
  await page.reload()
  await dropScan(app)
  const before = await shell.evaluate((element) => element.outerHTML.length)

  await page.keyboard.type('no effusion, 3 nodules? see x/m.', { delay: 15 })
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
  await expect(shell).toHaveAttribute('data-crosshair', 'false')
  await expect(shell).toHaveAttribute('data-microphone', 'off')
  await expect(page.getByTestId('preset-lung')).toHaveAttribute('aria-pressed', 'true')
  expect(await shell.evaluate((element) => element.outerHTML.length)).toBe(before)
  expect(events).toEqual([])

  // What is no single character works on, and the palette has the rest.
  await page.keyboard.press('Alt+1')
  await expect(page.getByTestId('studies-panel')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('crosshair')
  await page.keyboard.press('Enter')
  await expect(shell).toHaveAttribute('data-crosshair', 'true')
})

test('keys are exported to a file and taken from it again', async ({ app, page }) => {
  await openScan(app)
  await openKeys(page)
  await page.getByTestId('key-change-views.crosshair').click()
  await page.keyboard.press('F2')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe('voxct-keys.json')
  const path = await download.path()
  await page.getByTestId('key-default-views.crosshair').click()
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('X')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import', exact: true }).click(),
  ])
  await chooser.setFiles(path)
  await expect(page.getByTestId('keys-of-views.crosshair')).toContainText('F2')
})
