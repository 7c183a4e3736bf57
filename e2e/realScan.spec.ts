import { expect, test } from './support/app.ts'
import { exportReading } from './support/embedding.ts'
import { sharedData, sharedFiles } from './support/sharedData.ts'

test('a real chest CT of 275 DICOM slices opens in three views, fills the panel and is flagged as foreign', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000)
  const files = sharedFiles('ct-lidc-idri-0314').filter((path) => path.endsWith('.dcm'))
  expect(files).toHaveLength(275)
  await app.openEmpty()
  await app.idle()
  const firstSlice = page.getByTestId('first-slice')
  const seen = firstSlice.waitFor()
  await app.dropFiles(files)
  // Whose it is stands under it long before all slices are read.
  await seen
  await expect(firstSlice).toContainText('LIDC-IDRI-0314')
  await expect(page.getByText('275', { exact: false }).first()).toBeVisible()
  await app.idle(180_000)
  await expect(firstSlice).toHaveCount(0)
  for (const orientation of ['axial', 'sagittal', 'coronal'] as const) {
    expect((await app.pixelStatistics(orientation)).deviation, orientation).toBeGreaterThan(20)
  }
  const card = page.getByTestId('ood-banner')
  await expect(card).toContainText('This demonstration model has seen only phantoms.')
  await expect(card).toContainText('It cannot read patients.')
  await expect(card).toContainText('Viewer and dictation work; bring a model')
  await expect(page.locator('[data-testid^="finding-row-"]')).toHaveCount(0)
  await expect(page.getByTestId('similar-foreign')).toBeVisible()
  expect(await app.similarCases()).toEqual([])
  const closed = await exportReading(page)
  expect(closed).toMatchObject({ scoresApply: false, similar: { cases: [] } })
  expect(JSON.stringify(closed)).not.toContain('"seen":"present"')

  await page.keyboard.press('Shift+A')
  await expect(card).toContainText('does not apply to this scan')
  expect(Object.keys(await app.probabilities())).toHaveLength(18)
  const row = page.locator('[data-testid^="finding-row-"]').first()
  await expect(row).toHaveAttribute('aria-label', /does not apply to this scan/)
  await expect(page.locator('[data-testid^="finding-row-"][data-seen="present"]')).toHaveCount(0)
  expect(JSON.stringify(await exportReading(page))).not.toContain('"seen":"present"')
  await page.getByTestId('evidence-toggle').click()
  await expect(row).toHaveCount(0)
})

test('a NIfTI file opens and fills the panel on request', async ({ app, page }) => {
  const file = sharedData('nifti/example_ct.nii.gz')
  await app.openEmpty()
  await app.idle()
  const demo = await app.probabilities()
  await app.dropFiles(file)
  await expect(page.getByTestId('ood-banner')).toBeVisible({ timeout: 60_000 })
  await app.showEvidence()
  expect(await app.probabilities()).not.toEqual(demo)
})
