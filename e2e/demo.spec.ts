import { expect, onOnePage } from './support/app.ts'

const test = onOnePage(async (app) => {
  await app.open()
  await app.idle()
})

test('the demo case opens by itself, is drawn in three views and fills the findings panel', async ({ app, page }) => {
  for (const orientation of ['axial', 'sagittal', 'coronal'] as const) {
    const { mean, deviation } = await app.pixelStatistics(orientation)
    expect(mean, orientation).toBeGreaterThan(5)
    expect(deviation, orientation).toBeGreaterThan(20)
  }
  const probabilities = await app.probabilities()
  const order = await app.rowOrder()
  const ranked = order.map((id) => probabilities[id])
  expect(ranked).toEqual([...ranked].sort((a, b) => b - a))
  await expect(page.getByText('Not for diagnosis').first()).toBeVisible()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'wasm')
  await expect(page.getByTestId('ood-banner')).toHaveCount(0)
})

test('a click on a finding lays heat over the views, moves the crosshair and changes the similar cases', async ({
  app,
  page,
}) => {
  const byCt = await app.similarCases()
  expect(byCt.length).toBeGreaterThanOrEqual(10)
  const before = await app.pixelStatistics('axial')
  await app.row('cardiomegaly').click()
  await expect(page.getByTestId('heat-legend')).toBeVisible()
  await expect.poll(() => app.similarCases()).not.toEqual(byCt)
  await expect.poll(async () => (await app.pixelStatistics('axial')).mean).not.toBe(before.mean)
  await page.keyboard.press('h')
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
})

test('heat of what the model does not see is drawn for one who asks for it, and then faintly', async ({
  app,
  page,
}) => {
  await app.row('emphysema').click()
  await expect(page.getByTestId('heat-withheld')).toContainText('below its threshold')
  const canvas = page.locator('[data-testid="viewport-axial"] canvas[data-overlay="heat"]').first()
  /** Greatest opacity of a pixel of the overlay, 0…255. */
  const strongest = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
      return data.reduce((most, value, at) => (at % 4 === 3 && value > most ? value : most), 0)
    })
  await expect(canvas).toBeHidden()
  await page.keyboard.press('h')
  await expect(page.getByTestId('heat-legend')).toContainText('below its threshold')
  await expect.poll(strongest).toBeGreaterThan(10)
  expect(await strongest()).toBeLessThan(64)
  await app.row('cardiomegaly').click()
  await expect(page.getByTestId('heat-evidence')).toHaveText('>99%')
  await expect.poll(strongest).toBeGreaterThan(240)
})

test('heat is drawn as fog or as contours, by key, and stays so', async ({ app, page }) => {
  await app.row('cardiomegaly').click()
  await expect(page.getByTestId('heat-style')).toHaveText('Contours')
  const fog = await app.pixelStatistics('axial')
  await page.keyboard.press('Shift+H')
  await expect(page.getByTestId('heat-style')).toHaveText('Fog')
  await expect.poll(async () => (await app.pixelStatistics('axial')).mean).not.toBe(fog.mean)
  await page.reload()
  await app.idle()
  await app.row('cardiomegaly').click()
  await expect(page.getByTestId('heat-style')).toHaveText('Fog')
})

test('a similar case opens beside the current one and closes again', async ({ app, page }) => {
  await page.locator('[data-testid^="similar-case-"]').first().click()
  await expect(page.getByTestId('comparison-title')).toBeVisible()
  await app.idle()
  await expect(page.getByTestId('viewport-comparison-axial')).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByTestId('comparison-title')).toHaveCount(0)
})

test('the page never scrolls and keys set the window', async ({ app, page }) => {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
    [3840, 2160],
  ]) {
    await page.setViewportSize({ width, height })
    const overflow = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ])
    expect(overflow, `${width}×${height}`).toEqual([0, 0])
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.keyboard.press('1')
  const lung = await app.pixelStatistics('axial')
  await page.keyboard.press('2')
  await expect.poll(async () => Math.abs((await app.pixelStatistics('axial')).mean - lung.mean)).toBeGreaterThan(3)
})
