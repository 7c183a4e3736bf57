import { readFile, stat } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { rampSeries } from './support/rampSeries.ts'

async function save(page: Page, key: string): Promise<{ readonly path: string; readonly name: string }> {
  const saving = page.waitForEvent('download')
  await page.keyboard.press(key)
  const download = await saving
  return { path: await download.path(), name: download.suggestedFilename() }
}

/** The share of pixels that have a colour, of the picture's middle half. */
async function colouredShare(page: Page, path: string): Promise<number> {
  return page.evaluate(
    async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
      context.drawImage(image, 0, 0)
      const [width, height] = [image.width >> 1, image.height >> 1]
      const { data } = context.getImageData(width >> 1, height >> 1, width, height)
      let coloured = 0
      for (let at = 0; at < data.length; at += 4) if (data[at] - data[at + 2] > 40) coloured++
      return coloured / (width * height)
    },
    (await readFile(path)).toString('base64'),
  )
}

test('a view is saved as it looks, in grey, inverted, in colours, and as a video; a lens follows the pointer', async ({
  app,
  page,
}) => {
  await openTiny(app)
  await app.dropFiles(rampSeries())
  await app.idle()
  const view = page.locator('[data-view="axial"]')
  const grey = await save(page, 'Alt+s')
  const png = await readFile(grey.path)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(Math.round((await view.boundingBox())?.width ?? 0))
  expect(await colouredShare(page, grey.path)).toBe(0)

  const { mean } = await app.pixelStatistics('axial')
  await page.keyboard.press('Shift+I')
  expect((await app.pixelStatistics('axial')).mean).toBeGreaterThan(mean + 20)
  await page.keyboard.press('Shift+I')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('colour map')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Hot Iron' }).click()
  await expect(page.getByTestId('colors-axial')).toContainText('150 HU')
  const hot = await save(page, 'Alt+s')
  expect(await colouredShare(page, hot.path)).toBeGreaterThan(0.5)

  await page.keyboard.press('Alt+m')
  await view.hover()
  await expect(page.getByTestId('lens').first()).toBeVisible()
  await page.keyboard.press('Alt+m')
  await expect(page.getByTestId('lens')).toHaveCount(0)

  const number = await page.getByTestId('slice-axial').textContent()
  const video = await save(page, 'Alt+v')
  expect(video.name).toMatch(/^voxct-.*\.(mp4|webm)$/)
  expect((await stat(video.path)).size).toBeGreaterThan(1000)
  await expect(page.getByTestId('slice-axial')).toHaveText(number ?? '')
  await app.idle()
})
