import { expect, test } from './support/app.ts'

test('the demo case opens by itself, is drawn in three views and fills the findings panel', async ({ app, page }) => {
  await app.open()
  await app.idle()
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
  await app.open()
  await app.idle()
  const byCt = await app.similarCases()
  expect(byCt.length).toBeGreaterThanOrEqual(10)
  const before = await app.pixelStatistics('axial')
  await app.row('pleural_effusion').click()
  await expect(page.getByTestId('heat-legend')).toBeVisible()
  await expect.poll(() => app.similarCases()).not.toEqual(byCt)
  await expect.poll(async () => (await app.pixelStatistics('axial')).mean).not.toBe(before.mean)
  await page.keyboard.press('h')
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
})

test('a similar case opens beside the current one and closes again', async ({ app, page }) => {
  await app.open()
  await app.idle()
  await page.locator('[data-testid^="similar-case-"]').first().click()
  await expect(page.getByTestId('comparison-title')).toBeVisible()
  await app.idle()
  await expect(page.getByTestId('viewport-comparison-axial')).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByTestId('comparison-title')).toHaveCount(0)
})

test('the page never scrolls and keys set the window', async ({ app, page }) => {
  await app.open()
  await app.idle()
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
