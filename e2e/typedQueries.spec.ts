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
  await expect(field).toBeFocused()
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
  await app.idle()
  expect(await app.similarCases()).toEqual(ofScan)
  // The second one leaves the field: keys are commands again.
  await page.keyboard.press('Escape')
  await expect(field).not.toBeFocused()
  await page.keyboard.press('l')
  await expect(page.getByTestId('place-tool')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('notice')).toHaveCount(0)
})

test('on the bundled pack a typed sentence lists cases with its finding, and what says nothing of findings lists none', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  const ofScan = await app.similarCases()
  const cases = page.locator('[data-testid^="similar-case-"]')
  const field = page.getByTestId('typed-query')
  const ask = async (sentence: string) => {
    await field.fill(sentence)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('placeholder', 'Find cases like … ( / )')
  await ask('effusion in the left pleural space')
  await expect(page.getByTestId('similar-query')).toHaveText('Closest to “effusion in the left pleural space”')
  await expect(page.getByTestId('heat-withheld')).toContainText('pleural space')
  for (const n of [0, 1, 2, 3, 4]) await expect(cases.nth(n)).toContainText('Pleural effusion')

  await ask('pass the coffee')
  await expect(page.getByTestId('similar-problem')).toContainText('Nothing alike: “pass the coffee” says nothing of')
  await expect(cases).toHaveCount(0)
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect.poll(() => app.similarCases()).toEqual(ofScan)

  await page.getByTestId('pack-menu').click()
  await page.getByTestId('pack-phantom-radclip').click()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', 'phantom-radclip')
  await app.idle()
  await ask('enlarged heart')
  for (const n of [0, 1, 2]) await expect(cases.nth(n)).toContainText('Cardiomegaly')
  await expect(page.getByTestId('notice')).toHaveCount(0)
})

test('the key for typing says why nothing can be typed where the model has no text encoder', async ({ app, page }) => {
  await offerTypedPack(page, ({ text: _, ...manifest }) => manifest)
  await app.open()
  await app.idle()
  await page.keyboard.press('/')
  await expect(page.getByTestId('notice')).toContainText('reads no typed sentences: it has no text encoder')
  await expect(page.getByTestId('typed-query')).toHaveCount(0)
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
