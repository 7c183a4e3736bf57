import { rmSync, truncateSync } from 'node:fs'
import { resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { keptNames, openModels } from './support/models.ts'
import { flipByte, LARGE_FILE, writePackFolder } from './support/packFolder.ts'

test.describe.configure({ timeout: 240_000 })

const chip = (page: Page) => page.getByTestId('model-chip')
const addFolder = (page: Page, folder: string) => page.getByTestId('pack-folder-input').setInputFiles(folder)

test('a folder is kept, chosen, read with, found again after a reload, and removed for the bundled one', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  const before = await app.probabilities()
  await addFolder(page, writePackFolder('brought'))
  await expect(app.notice('pack-added')).toContainText('Pack brought')
  await expect(chip(page)).toHaveAttribute('data-pack', 'brought')
  await app.idle()
  const brought = await app.probabilities()
  expect(brought).not.toEqual(before)

  await page.reload()
  await app.idle()
  await expect(chip(page)).toHaveAttribute('data-pack', 'brought')
  expect(await app.probabilities()).toEqual(brought)

  await openModels(page)
  await expect(page.getByTestId('kept-pack-brought')).toContainText('yours')
  await expect(page.getByTestId('kept-pack-brought')).toContainText('Licence: MIT')
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="model-page"]').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await page.getByTestId('remove-pack-brought').press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('remove-pack-brought')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('kept-packs')).toHaveCount(0)
  await app.idle()
  await expect(chip(page)).toHaveAttribute('data-pack', 'phantom-mini')
  expect(await app.probabilities()).toEqual(before)
  await page.reload()
  await app.idle()
  await expect(chip(page)).toHaveAttribute('data-pack', 'phantom-mini')
  expect(await page.evaluate(keptNames)).toEqual([])
})

test('the same folder again is only chosen; a broken new version leaves the one in use, a sound one replaces it', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.idle()
  const folder = writePackFolder('brought')
  await addFolder(page, folder)
  await expect(app.notice('pack-added')).toBeVisible()
  await app.idle()
  await addFolder(page, folder)
  await expect(app.notice('pack-is-kept')).toContainText('already')

  writePackFolder('brought', { version: '2', largeBytes: 1000, damage: (path) => flipByte(path, LARGE_FILE) })
  await addFolder(page, folder)
  await expect(app.notice('model-corrupt')).toContainText(LARGE_FILE)
  await app.idle()
  await openModels(page)
  await expect(page.getByTestId('kept-pack-brought')).toContainText('Version 1')

  writePackFolder('brought', { version: '2', largeBytes: 1000 })
  await addFolder(page, folder)
  await expect(page.getByTestId('kept-pack-brought')).toContainText('Version 2')
  await app.idle()
  await expect(page.getByRole('dialog')).toContainText('Pack brought 2')
  await expect(page.getByTestId('unfinished-pack-brought')).toHaveCount(0)
})

const REFUSALS = [
  {
    name: 'a damaged file',
    code: 'model-corrupt',
    file: 'trunk.onnx',
    damage: (folder: string) => flipByte(folder, 'trunk.onnx'),
  },
  {
    name: 'a missing file',
    code: 'pack-file-missing',
    file: 'head.onnx',
    damage: (folder: string) => rmSync(resolve(folder, 'head.onnx')),
  },
  {
    name: 'a file that was cut off',
    code: 'pack-file-length',
    file: 'prompts.f32',
    damage: (folder: string) => truncateSync(resolve(folder, 'prompts.f32'), 100),
  },
  {
    name: 'a manifest that was cut off',
    code: 'manifest-invalid',
    file: 'manifest.json',
    damage: (folder: string) => truncateSync(resolve(folder, 'manifest.json'), 500),
  },
]

test('a folder with something wrong in it is refused by the file’s name, and the model in use goes on', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  const before = await app.probabilities()
  for (const { name, code, file, damage } of REFUSALS) {
    await test.step(name, async () => {
      await addFolder(page, writePackFolder('damaged', { damage }))
      await expect(app.notice(code)).toContainText(file)
      await page.getByTestId('notice-dismiss').click()
    })
  }
  await app.idle()
  await expect(chip(page)).toHaveAttribute('data-pack', 'phantom-mini')
  expect(await app.probabilities()).toEqual(before)
})

test('a dropped folder, one level down, is added as a model; one without a manifest is named', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.idle()
  const folder = writePackFolder('export/brought')
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [resolve(folder, '..')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  await expect(page.getByTestId('drop-overlay')).toContainText('manifest.json')
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 400, y: 300, data })
  await expect(app.notice('pack-added')).toBeVisible()
  await app.idle()
  await addFolder(page, resolve(import.meta.dirname, '../fixtures/golden'))
  await expect(app.notice('pack-manifest-missing')).toBeVisible()
})
