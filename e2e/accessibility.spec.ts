import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/app.ts'

test('the ready screen, its menus, the help sheet and the model page have no accessibility violations', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  // A page that still fades in has the contrast of neither its text nor its ground.
  const isAtRest = () =>
    document.getAnimations().every(({ effect }) => effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY)
  const violationsOf = async () => {
    await page.waitForFunction(isAtRest)
    return (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.length])
  }
  expect(await violationsOf()).toEqual([])
  for (const menu of [page.getByTestId('pack-menu'), page.getByRole('button', { name: 'Open', exact: true })]) {
    await menu.click()
    await expect(page.getByRole('menu')).toBeVisible()
    expect(await violationsOf()).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(menu).toBeFocused()
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await violationsOf()).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByTestId('model-chip').click()
  await expect(page.getByTestId('model-page')).toBeVisible()
  expect(await violationsOf()).toEqual([])
})

test('a finding is reached and shown by keyboard alone', async ({ app, page }) => {
  await app.open()
  await app.idle()
  const first = (await app.rowOrder())[0]
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() =>
      document.activeElement?.closest('[data-testid^="finding-row-"]')?.getAttribute('data-testid'),
    )
    if (focused === `finding-row-${first}`) break
  }
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('heat-legend')).toBeVisible()
})
