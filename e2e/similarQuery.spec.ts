import { expect, onOnePage, test, type VoxctPage } from './support/app.ts'
import { speak } from './support/speak.ts'

const testOnOnePage = onOnePage(async (app) => {
  await app.open()
  await app.idle()
})

const parts = (app: VoxctPage) => app.page.getByTestId('query-part')
const cases = (app: VoxctPage) => app.page.locator('[data-testid^="similar-case-"]')

testOnOnePage(
  'a clicked place lists cases with the like of it, is marked, and stays with its study over a reload',
  async ({ app, page }) => {
    const ofScan = await app.similarCases()
    await page.keyboard.press('l')
    await expect(page.getByTestId('place-tool')).toHaveAttribute('aria-pressed', 'true')
    await page.getByTestId('viewport-axial').click({ position: { x: 180, y: 150 } })
    await expect(page.getByTestId('place-tool')).toHaveAttribute('aria-pressed', 'false')
    await expect(parts(app)).toHaveText([/Place in this CT/])
    await app.idle()
    expect(await app.similarCases()).not.toEqual(ofScan)
    await expect(cases(app)).toHaveCount(12)
    await expect(page.locator('[data-testid="viewport-axial"] [data-overlay="places"] circle')).toHaveCount(2)
    const ofPlace = await app.similarCases()

    await page.reload()
    await app.idle()
    await expect(parts(app)).toHaveText([/Place in this CT/])
    await expect.poll(() => app.similarCases()).toEqual(ofPlace)
    await parts(app)
      .getByRole('button', { name: /Remove/ })
      .click()
    await expect.poll(() => app.similarCases()).toEqual(ofScan)
  },
)

testOnOnePage(
  '"like this but no …" is typed, weighed, turned, removed and undone; no case listed has what is excluded',
  async ({ app, page }) => {
    const ofScan = await app.similarCases()
    await page.keyboard.press('/')
    await page.keyboard.type('like this but no lymphadenopathy')
    await page.keyboard.press('Enter')
    await expect(parts(app)).toHaveText([/like.*This CT/, /without.*lymphadenopathy/])
    await app.idle()
    await expect(cases(app)).toHaveCount(12)
    await expect(cases(app).locator('[data-finding="lymphadenopathy"]')).toHaveCount(0)
    await expect(page.getByTestId('similar-query')).toHaveText('Closest to this CT, without “lymphadenopathy”')

    const second = parts(app).nth(1)
    await second.getByRole('combobox').selectOption('4')
    await second.getByRole('button', { name: /Turn back to like/ }).click()
    await expect(page.getByTestId('similar-query')).toHaveText('Closest to this CT and “lymphadenopathy”')
    await app.idle()
    await expect(cases(app).locator('[data-finding="lymphadenopathy"]').first()).toBeVisible()
    await second.getByRole('button', { name: /Remove/ }).click()
    await expect(parts(app)).toHaveCount(1)
    await app.idle()
    expect(await app.similarCases()).toEqual(ofScan)
    await page.keyboard.press('Shift+Z')
    await expect(parts(app)).toHaveCount(2)
  },
)

testOnOnePage('cases are filtered by what the library says of them', async ({ app, page }) => {
  await page.getByTestId('case-filter').click()
  await page.getByLabel('Years from').fill('75')
  await page.keyboard.press('Escape')
  await app.idle()
  const ages = await cases(app).evaluateAll((all) =>
    all.map((one) => Number(/(\d+) years/.exec(one.textContent ?? '')?.[1])),
  )
  expect(ages.length).toBeGreaterThan(5)
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(75)
  await expect(page.getByLabel('Scanned from')).toHaveCount(0)
})

test('"pass the coffee", spoken, leaves the list as it is; asked for, it lists nothing and says why', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  const ofScan = await app.similarCases()
  await page.getByTestId('audio-input').setInputFiles(speak('coffee', 'pass the coffee', { padSeconds: 0.6 }))
  const said = page.locator('[data-testid^="utterance-"]')
  await expect(said).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 })
  await app.idle()
  expect(await app.similarCases()).toEqual(ofScan)
  await page.getByTestId('query-add').click()
  await page.getByRole('menuitem', { name: 'Cases similar to what was said last' }).click()
  await expect(page.getByTestId('similar-problem')).toContainText('Nothing alike')
  await expect(cases(app)).toHaveCount(0)
})

test('both scans are brought to the slices on which the study and the case beside it are most alike', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  await cases(app).first().click()
  await expect(page.getByTestId('comparison-title')).not.toBeEmpty()
  await app.idle()
  await page.keyboard.press('g')
  await expect(page.getByTestId('case-match')).toHaveText(/slice \d+ of 128 here, \d+ of \d+ there/)
  const told = /slice (\d+) of 128 here, (\d+)/.exec((await page.getByTestId('case-match').textContent()) ?? '')
  await expect(page.getByTestId('viewport-axial')).toContainText(`${told?.[1]} / 128`)
  await expect(page.getByTestId('viewport-comparison-axial')).toContainText(`${told?.[2]} /`)
})
