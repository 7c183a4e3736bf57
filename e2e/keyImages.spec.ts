import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { expect, test } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { rampSeries } from './support/rampSeries.ts'

/** A key object names images by their study and frame of reference. */
const series = () => rampSeries({ '0020000d': ['UI', '1.2.3.7'], '00200052': ['UI', '1.2.3.8'] })

test('a key image is marked by one key, taken back, noted, shown again as it was seen, kept, and saved as pictures and for DICOM', async ({
  app,
  page,
}) => {
  await openTiny(app)
  await app.idle()
  await app.dropFiles(series())
  await app.idle()
  const images = page.getByTestId('key-image')
  const slice = page.getByRole('slider', { name: 'Axial slice' })
  await page.keyboard.press('End')
  await page.keyboard.press('2')
  await page.keyboard.press('k')
  await expect(images).toHaveText(/Axial 9 \/ 9.*instance 1 · W 400 L 40/)
  await app.notice('key-image-marked').getByTestId('notice-undo').click()
  await expect(images).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(images).toHaveCount(1)
  await expect(page.getByTestId('marks-axial').locator('[data-kind="key"]')).toHaveCount(1)
  await page.getByLabel('Note of key image 1').fill('apex')
  await page.keyboard.press('Enter')

  await page.keyboard.press('Home')
  await page.keyboard.press('1')
  await expect(slice).toHaveValue('1')
  await page.getByTestId('key-image-show').click()
  await expect(slice).toHaveValue('9')
  await expect(page.getByTestId('viewport-axial')).toContainText('W 400 L 40')

  const zip = page.waitForEvent('download')
  await page.getByTestId('save-key-pictures').click()
  const files = unzipSync(await readFile(await (await zip).path()))
  expect(Object.keys(files)).toEqual(['01-axial-009.png', 'key-images.txt'])
  expect(new TextDecoder().decode(files['key-images.txt'])).toBe('Key image, axial 9 / 9 (instance 1): apex\n')
  const object = page.waitForEvent('download')
  await page.getByTestId('save-key-object').click()
  const written = await (await object).path()

  await page.reload()
  await app.idle()
  await expect(page.locator('[data-testid^="recent-"]')).toContainText('1 key image kept')
  await app.dropFiles([
    ...series(),
    { name: 'key.dcm', mimeType: 'application/dicom', buffer: await readFile(written) },
  ])
  await app.idle()
  await expect(images).toHaveCount(1)
  await expect(page.getByTestId('key-object')).toContainText('axial 9 / 9 (instance 1): apex')
  await page.keyboard.press('Home')
  await page.getByTestId('key-object-image').click()
  await expect(slice).toHaveValue('9')
})
