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
    document
      .getAnimations()
      .every(({ effect }) => effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY) &&
    // What is about to fade in has no animation yet, and no opacity.
    [...document.querySelectorAll('[role=menu], [role=dialog]')].every((one) => getComputedStyle(one).opacity === '1')
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
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // In a lit room.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark or light')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Light', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  expect(await violationsOf()).toEqual([])
})

test('in a narrow window panels are drawers, nothing is cut off, no key is silent, and forced colours keep bars and choices', async ({
  app,
  page,
}) => {
  // A window of 1920 × 1080 at 200 %.
  await page.setViewportSize({ width: 960, height: 540 })
  await app.open()
  await app.idle()
  const violationsOf = async () =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.length])
  await expect(page.getByTestId('findings-panel')).toHaveCount(0)
  for (const drawer of ['findings', 'studies']) {
    const name = drawer === 'studies' ? 'Studies panel' : 'Findings and cases panel'
    await page.getByRole('navigation').getByRole('button', { name }).click()
    await expect(page.getByTestId(`${drawer}-panel`)).toBeVisible()
    // Away from the button, so that its tooltip goes.
    await page.mouse.move(480, 300)
    await expect(page.getByRole('tooltip')).toHaveCount(0)
    expect(await violationsOf()).toEqual([])
    const cut = await page.locator('button, input, h2').evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2)
        .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0)
        .map((one) => one.outerHTML.slice(0, 80)),
    )
    expect(cut).toEqual([])
    await page.getByRole('button', { name: 'Close the panel' }).click()
    await expect(page.getByTestId(`${drawer}-panel`)).toHaveCount(0)
  }
  await page.getByTestId('preset-menu').click()
  await page.getByRole('menuitem', { name: /Bone/ }).click()
  await expect(page.getByTestId('preset-menu')).toHaveText('Bone')

  // At 1080 lines all 18 findings are on view, also in the colours of the system, which leave bars and frame what is chosen.
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.emulateMedia({ forcedColors: 'active' })
  const last = page.locator('[data-testid^="finding-row-"]').last()
  await expect(page.locator('[data-testid^="finding-row-"]')).toHaveCount(18)
  await expect(last).toBeInViewport({ ratio: 1 })
  const fill = page.locator('[data-drawn] > span').first()
  expect(await fill.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(90, 174, 210)')
  const bone = page.getByTestId('preset-bone')
  expect(await bone.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe('solid')

  // No key is silent: what has nothing to do says so.
  await page.keyboard.press('Shift+G')
  await expect(page.getByTestId('key-hint')).toContainText('does nothing now')
  await page.keyboard.press('1')
  await expect(page.getByTestId('key-hint')).toHaveText('')
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
