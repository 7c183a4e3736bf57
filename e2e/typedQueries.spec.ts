import { readFileSync } from 'node:fs'
import { expect, test } from './support/app.ts'
import { offerTypedPack, serveVolumes } from './support/typedPack.ts'

test('a typed sentence lists cases and lights up the scan; it is taken back, and stands in the export', async ({
  app,
  page,
}) => {
  await offerTypedPack(page)
  await app.open()
  await app.idle()
  const ofScan = await app.similarCases()
  await expect(page.getByTestId('uncalibrated')).toBeVisible()

  await page.keyboard.press('/')
  const field = page.getByTestId('typed-query')
  await expect(field).toBeFocused()
  await page.keyboard.type('Pleural effusion, small')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('similar-query')).toHaveText('Closest to “Pleural effusion, small”')
  await expect(page.getByTestId('heat-legend')).toContainText('Pleural effusion, small')
  await app.idle()
  expect(await app.similarCases()).not.toEqual(ofScan)

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  const exported = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(exported).toMatchObject({
    typedQueries: ['Pleural effusion, small'],
    similar: { query: '“Pleural effusion, small”' },
  })

  await field.focus()
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('')
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
  await app.idle()
  expect(await app.similarCases()).toEqual(ofScan)
  await expect(page.getByTestId('notice')).toHaveCount(0)
})

test('a case of the archive opens beside the scan; one that is not on the server says where it lies', async ({
  app,
  page,
}) => {
  await offerTypedPack(page)
  const asked = await serveVolumes(page)
  await app.open()
  await app.idle()
  await expect(page.getByTestId('similar-panel')).toContainText('of the library’s 32 cases')
  const openable = page.locator('button[data-testid^="similar-case-"]').first()
  const title = await openable.locator('[class*="title"]').textContent()
  await openable.click()
  await expect(page.getByTestId('comparison-title')).toHaveText(title ?? '')
  await app.idle()
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatch(/\/volumes\/train\/scan_\d+_[ab]\.nii\.gz$/)
  await expect(page.locator('li[data-testid^="similar-case-"]').first()).toContainText('does not say where it lies')
})

test('without a folder of volumes every file case names its place, and none is a button', async ({ app, page }) => {
  await offerTypedPack(page, ({ library: { volumesUrl: _, ...library }, ...manifest }) => ({ ...manifest, library }))
  await app.open()
  await app.idle()
  await expect(page.getByTestId('similar-panel')).toContainText('Not on this server: train/scan_')
  await expect(page.locator('button[data-testid^="similar-case-"]')).toHaveCount(0)
})
