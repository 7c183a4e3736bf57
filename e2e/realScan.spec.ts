import { expect, test } from './support/app.ts'
import { sharedData, sharedFiles } from './support/sharedData.ts'

test('a real chest CT of 275 DICOM slices opens in three views, fills the panel and is flagged as foreign', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000)
  const files = sharedFiles('ct-lidc-idri-0314').filter((path) => path.endsWith('.dcm'))
  expect(files).toHaveLength(275)
  await app.open()
  await app.idle()
  const demo = await app.probabilities()
  await app.dropFiles(files)
  await expect(page.getByText('275', { exact: false }).first()).toBeVisible()
  await app.idle(180_000)
  const probabilities = await app.probabilities()
  expect(probabilities).not.toEqual(demo)
  for (const orientation of ['axial', 'sagittal', 'coronal'] as const) {
    expect((await app.pixelStatistics(orientation)).deviation, orientation).toBeGreaterThan(20)
  }
  await expect(page.getByTestId('ood-banner')).toBeVisible()
})

test('a NIfTI file opens and fills the panel', async ({ app }) => {
  const file = sharedData('nifti/example_ct.nii.gz')
  await app.open()
  await app.idle()
  const demo = await app.probabilities()
  await app.dropFiles(file)
  await expect.poll(() => app.probabilities().catch(() => demo), { timeout: 60_000 }).not.toEqual(demo)
})
