import { expect, test } from './support/app.ts'

test('layouts, panes and what they show: by key, by menu, by dragging, and again after a reload', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  const panes = page.locator('[data-testid^="viewport-"]')
  const drawn = page.locator('[data-view][data-volume-id]:visible')
  await expect(panes).toHaveCount(3)

  await page.keyboard.press('7')
  await expect(panes).toHaveCount(1)
  await page.keyboard.press('0')
  await expect(panes).toHaveCount(2)
  await expect(drawn).toHaveCount(2)
  await page.keyboard.press('8')
  await expect(panes).toHaveCount(3)
  await expect(drawn).toHaveCount(3)

  // A pane shows another plane: it is drawn, numbered and named as such.
  await page.getByTestId('viewport-sagittal').hover()
  await page.getByTestId('pane-menu-sagittal').click()
  await page.getByRole('menuitemradio', { name: 'Axial', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Axial 2 view', exact: true })).toBeVisible()
  await expect(page.getByTestId('slice-sagittal')).toHaveText(
    (await page.getByTestId('slice-axial').textContent()) ?? '',
  )
  await expect(drawn).toHaveCount(3)
  const { deviation } = await app.pixelStatistics('sagittal')
  expect(deviation).toBeGreaterThan(20)

  // Dragged onto the large pane, it takes its place.
  const widthOf = async (pane: string) => (await page.getByTestId(`viewport-${pane}`).boundingBox())?.width ?? 0
  const [large, small] = [await widthOf('axial'), await widthOf('coronal')]
  expect(large).toBeGreaterThan(1.2 * small)
  await page
    .getByTestId('viewport-coronal')
    .getByText('Coronal', { exact: true })
    .dragTo(page.getByTestId('viewport-axial'))
  await expect.poll(() => widthOf('coronal')).toBe(large)
  expect(await widthOf('axial')).toBe(small)

  await page.reload()
  await app.idle()
  await expect(page.getByRole('region', { name: 'Axial 2 view', exact: true })).toBeVisible()
  expect(await widthOf('coronal')).toBe(large)
  await page.keyboard.press('8')
  await expect.poll(() => widthOf('axial')).toBe(large)
  await expect(page.getByRole('region', { name: 'Sagittal view', exact: true })).toBeVisible()
})
