import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'

/** The 3-D picture as it is drawn, as text. */
const solidPicture = (page: Page) =>
  page.locator('[data-solid] > canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

/** Share of the 3-D picture that is not black. */
const solidLight = (page: Page) =>
  page.locator('[data-solid] > canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    let lit = 0
    for (let n = 0; n < data.length; n += 4) if (data[n] > 40) lit++
    return (4 * lit) / data.length
  })

test('layouts, panes and what they show: by key, by menu, by dragging, and again after a reload', async ({
  app,
  page,
}) => {
  await page.addInitScript(() => {
    const contexts: unknown[] = []
    Object.assign(window, { contexts })
    const prototype = HTMLCanvasElement.prototype as { getContext(kind: string, options?: unknown): unknown }
    const { getContext } = prototype
    prototype.getContext = function (kind, options) {
      const context = getContext.call(this, kind, options)
      if (kind === 'webgl2' && context && !contexts.includes(context)) contexts.push(context)
      return context
    }
  })
  await app.open()
  await app.idle()
  const panes = page.locator('[data-testid^="viewport-"]')
  const drawn = page.locator('[data-view][data-volume-id]:visible')
  await expect(panes).toHaveCount(3)

  await page.keyboard.press('7')
  await expect(panes).toHaveCount(1)
  await page.keyboard.press('0')
  await expect(panes).toHaveCount(2)
  await expect(drawn).toHaveCount(2)
  await page.keyboard.press('8')
  await expect(panes).toHaveCount(3)
  await expect(drawn).toHaveCount(3)

  // A pane shows another plane: it is drawn, numbered and named as such.
  await page.getByTestId('viewport-sagittal').hover()
  await page.getByTestId('pane-menu-sagittal').click()
  await page.getByRole('menuitemradio', { name: 'Axial', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Axial 2 view', exact: true })).toBeVisible()
  await expect(page.getByTestId('slice-sagittal')).toHaveText(
    (await page.getByTestId('slice-axial').textContent()) ?? '',
  )
  await expect(drawn).toHaveCount(3)
  const { deviation } = await app.pixelStatistics('sagittal')
  expect(deviation).toBeGreaterThan(20)

  // Cine goes on by itself until it is stopped.
  await page.getByTestId('viewport-axial').hover()
  const number = async () => Number((await page.getByTestId('slice-axial').textContent())?.split(' ')[0])
  const from = await number()
  await page.keyboard.press('z')
  await expect.poll(number).not.toBe(from)
  await page.keyboard.press('z')

  // Dragged onto the large pane, it takes its place.
  const widthOf = async (pane: string) => (await page.getByTestId(`viewport-${pane}`).boundingBox())?.width ?? 0
  const [large, small] = [await widthOf('axial'), await widthOf('coronal')]
  expect(large).toBeGreaterThan(1.2 * small)
  await page
    .getByTestId('viewport-coronal')
    .getByText('Coronal', { exact: true })
    .dragTo(page.getByTestId('viewport-axial'))
  await expect.poll(() => widthOf('coronal')).toBe(large)
  expect(await widthOf('axial')).toBe(small)

  await page.reload()
  await app.idle()
  await expect(page.getByRole('region', { name: 'Axial 2 view', exact: true })).toBeVisible()
  expect(await widthOf('coronal')).toBe(large)
  // In space: drawn, turned by an arrow, cut, and there again after its context was lost.
  await page.keyboard.press('9')
  const solid = page.getByTestId('viewport-solid')
  await expect(solid).toHaveAttribute('data-status', 'drawn', { timeout: 30_000 })
  await expect.poll(() => solidLight(page)).toBeGreaterThan(0.2)
  const whole = await solidLight(page)
  const front = await solidPicture(page)
  await page.getByRole('application', { name: '3-D picture: arrows turn it' }).press('ArrowLeft')
  await expect.poll(() => solidPicture(page)).not.toBe(front)
  await expect(page.getByTestId('slice-axial')).toHaveText(/^\d+ \/ \d+$/)
  await page.getByTestId('solid-crop').click()
  const feet = page.getByRole('slider', { name: 'Feet to head: from' })
  for (let n = 0; n < 9; n++) await feet.press('ArrowRight')
  await page.keyboard.press('Escape')
  await expect.poll(() => solidLight(page)).toBeLessThan(0.8 * whole)
  await page.screenshot({ path: test.info().outputPath('space.png') })
  const madeBefore = await page.evaluate(() => {
    const { contexts } = window as unknown as { contexts: WebGL2RenderingContext[] }
    const drawing = document.querySelector<HTMLCanvasElement>('[data-solid] div canvas')
    const isIts = ({ canvas }: WebGL2RenderingContext) =>
      canvas.width === drawing?.width && canvas.height === drawing.height
    const own = contexts.findLast((context) => !context.isContextLost() && isIts(context))
    if (!own) throw new Error('the 3-D picture has no context of its own')
    own.getExtension('WEBGL_lose_context')?.loseContext()
    return contexts.length
  })
  await page.waitForFunction(
    (before) => (window as unknown as { contexts: unknown[] }).contexts.length > before,
    madeBefore,
  )
  await expect(solid).toHaveAttribute('data-status', 'drawn', { timeout: 30_000 })
  await expect.poll(() => solidLight(page)).toBeGreaterThan(0.05)

  await page.keyboard.press('8')
  await expect(solid).toHaveCount(0)
  await expect.poll(() => widthOf('axial')).toBe(large)
  await expect(page.getByRole('region', { name: 'Sagittal view', exact: true })).toBeVisible()
})
