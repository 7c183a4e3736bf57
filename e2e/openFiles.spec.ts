import { gzipSync } from 'node:zlib'
import { expect, onOnePage } from './support/app.ts'
import { chestSeries, upload } from './support/series.ts'

const test = onOnePage(async (app) => {
  await app.open()
  await app.idle()
})

const header = (elements: Record<string, null>) => chestSeries(1, { elements })[0]

const REFUSALS = [
  {
    name: 'a text file',
    code: 'file-not-recognised',
    files: () => [upload('notes.txt', Buffer.from('Dear colleague'))],
    names: 'notes.txt',
  },
  {
    name: 'a truncated .nii.gz',
    code: 'gzip-damaged',
    files: () => [upload('cut.nii.gz', gzipSync(Buffer.alloc(4096, 7)).subarray(0, 12))],
    names: 'cut.nii.gz',
  },
  {
    name: 'DICOM without pixels',
    code: 'dicom-without-pixels',
    files: () => [header({ '7fe00010': null })],
    names: 'chest-1.dcm',
  },
  {
    name: 'another modality',
    code: 'not-ct',
    files: () => chestSeries(8, { modality: 'MR', description: 'T1 axial' }),
    names: 'T1 axial',
  },
  {
    name: 'a zip without a scan',
    code: 'empty-drop',
    files: () => [upload('empty.zip', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'))],
    names: '',
  },
]

// Before any other scan: the demo case is the one that stays open.
for (const { name, code, files, names } of REFUSALS) {
  test(`${name} is refused with its name and the next step, and the open study stays`, async ({ app, page }) => {
    const before = await app.probabilities()
    await app.dropFiles(files())
    await expect(app.notice(code)).toBeVisible()
    await expect(app.notice(code)).toContainText(names)
    await app.idle()
    expect(await app.probabilities()).toEqual(before)
    await expect(page.getByText('Phantom').first()).toBeVisible()
  })
}

test('a DICOM series made by this test opens with its size and spacing and fills the panel', async ({ app, page }) => {
  const demo = await app.probabilities()
  await app.dropFiles(chestSeries(40, { description: 'Thorax 5.0' }))
  await expect(page.getByText('64 × 64 × 40').first()).toBeVisible()
  await app.idle()
  await app.showEvidence()
  expect(await app.probabilities()).not.toEqual(demo)
  expect((await app.pixelStatistics('axial')).deviation).toBeGreaterThan(20)
})

test('of two series in one drop the thin chest series is chosen, and the other can be opened', async ({
  app,
  page,
}) => {
  // Only what this drop has is listed.
  await app.openEmpty()
  const thorax = chestSeries(40, { description: 'Thorax', seriesUid: '1.2.3.10' })
  const scout = chestSeries(6, { description: 'Abdomen', seriesUid: '1.2.3.20' })
  await app.dropFiles([...scout, ...thorax])
  await expect(page.getByText('64 × 64 × 40').first()).toBeVisible()
  const series = page.locator('[data-testid^="series-"]')
  await expect(series).toHaveCount(2)
  await app.idle()
  await series.filter({ hasText: 'Abdomen' }).click()
  await expect(page.getByText('64 × 64 × 6').first()).toBeVisible()
})

test('missing slices are named and the series still opens', async ({ app, page }) => {
  await app.dropFiles(chestSeries(40, { description: 'Gap' }, [20, 21]))
  await expect(app.notice('missing-slices')).toBeVisible()
  await app.idle()
  await expect(page.getByTestId('study-title')).toContainText('Gap')
  await expect(page.getByText('64 × 64').first()).toBeVisible()
})

for (const count of [1, 2]) {
  test(`a series of ${count} is shown as a flat image without scores, and the panel says why`, async ({
    app,
    page,
  }) => {
    await app.dropFiles(chestSeries(count, { description: `Few ${count}` }))
    await expect(page.getByText(`64 × 64 × ${count}`).first()).toBeVisible()
    await app.idle()
    await expect(app.notice('flat-image')).toContainText(`Few ${count}`)
    await expect(page.getByTestId('findings-problem').first()).toHaveAttribute('data-code', 'flat-unscored')
    await expect(page.locator('[data-testid^="finding-row-"][data-probability]')).toHaveCount(0)
    expect((await app.pixelStatistics('axial')).deviation).toBeGreaterThan(20)
    await page.screenshot({ path: test.info().outputPath('flat.png') })
  })
}
