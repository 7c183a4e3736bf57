import { readFile } from 'node:fs/promises'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { rampSeries } from './support/rampSeries.ts'

async function drag(
  { page }: VoxctPage,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = await page.locator('[data-view="axial"]').boundingBox()
  if (!box) throw new Error('no axial view')
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]))
  await page.mouse.move(...at(to))
  await page.mouse.up()
}

const numberIn = (text: string, pattern: RegExp): number =>
  Number(pattern.exec(text.replaceAll('−', '-'))?.[1] ?? Number.NaN)

test('measures are drawn, changed, taken back, kept across a reload, listed and exported', async ({ app, page }) => {
  await openTiny(app)
  await app.idle()
  await app.dropFiles(rampSeries())
  await app.idle()
  const entries = page.getByTestId('measure')
  const valuesOf = async (n: number) => (await entries.nth(n).textContent()) ?? ''

  await page.keyboard.press('d')
  await expect(page.getByTestId('tool-length')).toHaveAttribute('aria-pressed', 'true')
  await drag(app, [0.35, 0.5], [0.6, 0.5])
  await page.getByTestId('tool-ellipse').click()
  await drag(app, [0.4, 0.3], [0.6, 0.45])
  await expect(entries).toHaveCount(2)
  expect(numberIn(await valuesOf(1), /mean (-?\d+)/)).toBeGreaterThan(-800)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('tool-ellipse')).toHaveAttribute('aria-pressed', 'false')

  // An end of the line is taken and drawn to where it makes the line half as long again.
  const before = numberIn(await valuesOf(0), /([\d.]+) mm/)
  await drag(app, [0.6, 0.5], [0.725, 0.5])
  const after = numberIn(await valuesOf(0), /([\d.]+) mm/)
  expect(after / before).toBeCloseTo(1.5, 1)
  await page.keyboard.press('Control+z')
  expect(numberIn(await valuesOf(0), /([\d.]+) mm/)).toBe(before)
  await page.keyboard.press('Control+Shift+z')
  expect(numberIn(await valuesOf(0), /([\d.]+) mm/)).toBe(after)
  await page.getByLabel('Name of the length').fill('Aorta')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-view="axial"] [data-overlay="measures"] text', { hasText: 'Aorta' })).toHaveCount(1)

  await page.reload()
  await app.idle()
  await app.dropFiles(rampSeries())
  await app.idle()
  await expect(entries).toHaveCount(2)
  expect(numberIn(await valuesOf(0), /([\d.]+) mm/)).toBe(after)
  await page.keyboard.press('Home')
  await expect(page.locator('[data-view="axial"] [data-overlay="measures"] path')).toHaveCount(0)
  await entries.first().getByTestId('measure-show').click()
  await expect(page.locator('[data-view="axial"] [data-overlay="measures"] path')).toHaveCount(4)
  await page.keyboard.press('Shift+ArrowRight')

  await page.keyboard.press('Shift+e')
  const downloading = page.waitForEvent('download')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Export/ })
    .click()
  const exported = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
  expect(exported.measures).toHaveLength(2)
  expect(exported.measures[0]).toMatchObject({ kind: 'length', label: 'Aorta', plane: { name: 'axial' } })
  expect(exported.measures[0].values[0].value).toBeCloseTo(after, 1)
  expect(exported.measures[0].sources).toEqual([
    expect.objectContaining({ sopInstanceUid: '1.2.3.9.5', instanceNumber: 5 }),
  ])
  await page.keyboard.press('Delete')
  await expect(entries).toHaveCount(1)
})
