import { expect, test } from './support/app.ts'
import { offerTinyPack } from './support/packs.ts'
import { speak } from './support/speak.ts'

test('another model is chosen by keyboard, reads the same scan and speech again, and is kept over a reload', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000)
  await offerTinyPack(page)
  await app.open()
  await app.idle()
  const wav = speak('pack-effusion', 'There is a large right pleural effusion.', { padSeconds: 1 })
  await page.getByTestId('audio-input').setInputFiles(wav)
  const utterance = page.locator('[data-testid^="utterance-"][data-phase="ready"]')
  await expect(utterance).toHaveCount(1)
  await app.idle()
  const heard = await utterance.textContent()
  const before = await app.probabilities()

  await page.getByTestId('pack-menu').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('pack-phantom-mini')).toHaveAttribute('aria-checked', 'true')
  await page.getByTestId('pack-tiny').focus()
  await page.keyboard.press('Enter')
  const chip = page.getByTestId('model-chip')
  await expect(chip).toHaveAttribute('data-pack', 'tiny')
  await app.idle()
  expect(await app.probabilities()).not.toEqual(before)
  await expect(utterance).toHaveCount(1)
  expect(await utterance.textContent()).not.toBe(heard)
  expect(await app.similarCases()).toEqual(['similar-case-case-0', 'similar-case-case-1'])

  await app.light('emphysema')
  await expect(page.getByTestId('notice')).toHaveCount(0)

  await page.reload()
  await app.idle()
  await expect(chip).toHaveAttribute('data-pack', 'tiny')

  await page.getByTestId('pack-menu').click()
  await page.getByTestId('pack-phantom-mini').click()
  await app.idle()
  await expect(chip).toHaveAttribute('data-pack', 'phantom-mini')
  expect(await app.probabilities()).toEqual(before)
  expect((await app.similarCases()).length).toBeGreaterThanOrEqual(10)
})

test('a model that does not load is named, and the other one is a press away', async ({ app, page }) => {
  await offerTinyPack(page, (manifest) => ({ ...manifest, clinical: true }))
  await app.open()
  await app.idle()
  await page.getByTestId('pack-menu').click()
  await page.getByTestId('pack-tiny').click()
  await expect(app.notice('manifest-invalid')).toContainText('clinical')
  await app.idle()
  await expect(page.getByTestId('findings-problem')).toBeVisible()
  await page.getByTestId('findings-problem').getByRole('button', { name: /^Use / }).first().click()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-phase', 'ready')
  await app.idle()
  await app.probabilities()
})

test('a variant that fails its self-test gives way to the next, with a notice', async ({ app, page }) => {
  await offerTinyPack(page, (manifest) => {
    const { trunk, head } = manifest.ct
    manifest.ct.trunk = [{ ...head[0], variant: 'int8', providers: ['wasm'] }, ...trunk]
    return manifest
  })
  await app.open('?study=none&provider=wasm')
  await app.idle()
  await page.getByTestId('pack-menu').click()
  await page.getByTestId('pack-tiny').click()
  await expect(app.notice('variant-fallback')).toContainText('fp32')
  await app.idle()
  await page.keyboard.press('i')
  await expect(page.getByTestId('engine-table')).toContainText('fp32')
})

test('the model page is searched, scrolls in itself and closes with Escape', async ({ app, page }) => {
  await app.openEmpty()
  await app.idle()
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ]) {
    await page.setViewportSize({ width, height })
    await page.keyboard.press('i')
    const modelPage = page.getByTestId('model-page')
    await expect(modelPage).toBeVisible()
    await page.getByTestId('model-search').fill('emphysema')
    await expect(modelPage.getByRole('row', { name: /^Emphysema/ }).first()).toBeVisible()
    await expect(modelPage.getByRole('heading', { name: 'Licence and citations' })).toHaveCount(0)
    await page.getByTestId('model-search').fill('')
    await modelPage.getByRole('button', { name: 'Licence and citations' }).click()
    await expect(modelPage.getByRole('heading', { name: 'Licence and citations' })).toBeInViewport()
    const overflow = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
    expect(overflow).toBe(0)
    await page.keyboard.press('Escape')
    await expect(modelPage).toHaveCount(0)
  }
})
