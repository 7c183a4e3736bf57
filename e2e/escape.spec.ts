import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { speak, speakStretches } from './support/speak.ts'
import { cube, readStudyId, saidFindings, utterances } from './support/studies.ts'
import { offerTypedPack } from './support/typedPack.ts'

const FIRST = cube('first.nii', -850, 61)
const SECOND = cube('second.nii', -900, 63)

/** A folder of so many slices, each a file. */
function writeManySlices(count: number): string {
  const folder = resolve(import.meta.dirname, '../test-results/many-slices')
  mkdirSync(folder, { recursive: true })
  for (let n = 0; n < count; n++) {
    const slice = writeSyntheticSlice({ positionLpsMm: [0, 0, n], sopInstanceUid: `1.2.3.4.${n + 1}` })
    writeFileSync(resolve(folder, `${n + 1}.dcm`), slice)
  }
  return folder
}

const byKey = (page: Page) => page.keyboard.press('Escape')
const byButton = (testId: string) => (page: Page) =>
  page.getByTestId(testId).getByRole('button', { name: 'Cancel' }).click()

/** The app is idle within a second, and the former study is there with what was said about it. */
async function expectFormer({ page }: VoxctPage, studyId: string): Promise<void> {
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'true', { timeout: 1000 })
  await expect(page.getByTestId('opening-curtain')).toHaveCount(0)
  expect(await readStudyId(page)).toBe(studyId)
  await expect(page.locator('[data-view="axial"]')).toHaveAttribute('data-volume-id', studyId)
  await expect(utterances(page)).toHaveCount(1)
  expect(await saidFindings(page)).toEqual(['hiatal_hernia'])
  await expect(page.getByTestId('notice')).toHaveCount(0)
}

/** A study with one sentence. */
async function openFirst(app: VoxctPage): Promise<string> {
  const { page } = app
  await app.openEmpty()
  await app.dropFiles(FIRST)
  await expect(page.getByTestId('study-title')).toHaveText(FIRST.name)
  await app.idle()
  await page.getByTestId('audio-input').setInputFiles(speak('hernia', 'There is a hiatal hernia.', { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  return readStudyId(page)
}

test('Escape and Cancel end the reading of headers, the drawing of a scan and the hearing of a recording', async ({
  app,
  page,
}) => {
  const id = await openFirst(app)
  const folder = writeManySlices(3000)
  for (const end of [byKey, byButton('opening-curtain')]) {
    await page.getByTestId('open-folder-input').setInputFiles(folder)
    await expect(page.getByTestId('opening-curtain')).toContainText('Reading headers')
    await end(page)
    await expectFormer(app, id)
    await expect(page.locator('[data-testid^="series-"]')).toHaveCount(1)
  }

  // In the very task in which the still of the former scan covers a view.
  await page.evaluate(() => {
    const press = () =>
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }))
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[data-overlay="still"]')) return
      seen.disconnect()
      Object.assign(window, { voxctEscaped: true })
      press()
    })
    seen.observe(document.body, { subtree: true, childList: true })
  })
  await app.dropFiles(SECOND)
  await page.waitForFunction(() => 'voxctEscaped' in window)
  await expect(page.locator('[data-overlay="still"]')).toHaveCount(0)
  await expectFormer(app, id)

  const texts = Array.from({ length: 12 }, () => 'There is a lung nodule in the left upper lobe, a lung nodule.')
  const { path } = speakStretches('to-be-cancelled', texts, 900)
  for (const end of [byKey, (one: Page) => one.getByTestId('cancel-file').click()]) {
    await page.getByTestId('audio-input').setInputFiles(path)
    await expect(page.getByTestId('cancel-file')).toBeVisible()
    await end(page)
    await expectFormer(app, id)
  }

  // None of what was ended comes back, and nothing is in the way of the next scan.
  await app.dropFiles(SECOND)
  await expect(page.getByTestId('study-title')).toHaveText(SECOND.name)
  await app.idle()
  await expect(utterances(page)).toHaveCount(0)
})

test('Escape and Cancel end the opening of a case that a slow server does not send', async ({ app, page }) => {
  await offerTypedPack(page)
  let asked = 0
  // The answer never comes.
  await page.route('**/volumes/**', () => void asked++)
  await app.open()
  await app.idle()
  const id = await readStudyId(page)
  const cases = page.locator('button[data-testid^="similar-case-"]')
  for (const end of [byKey, (one: Page) => one.getByTestId('cancel-case').click()]) {
    const before = asked
    await cases.first().click()
    await expect.poll(() => asked).toBe(before + 1)
    await end(page)
    await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'true', { timeout: 1000 })
    await expect(page.getByTestId('comparison-title')).toHaveCount(0)
    expect(await readStudyId(page)).toBe(id)
    await expect(page.getByTestId('notice')).toHaveCount(0)
  }
})
