import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { type UploadedFile, upload } from './support/series.ts'

const SLICES = 8
const SIDE = 64

/** Slices from the head down, 5 mm apart, numbered from 301 on; each has one density: −800, −790, … HU. */
function writeSteps(): UploadedFile[] {
  return Array.from({ length: SLICES }, (_, n) =>
    upload(
      `${n}.dcm`,
      writeSyntheticSlice({
        columns: SIDE,
        rows: SIDE,
        stored: new Array<number>(SIDE * SIDE).fill(224 + 10 * n),
        positionLpsMm: [-160, -160, 100 - 5 * n],
        sopInstanceUid: `1.2.3.9.${n + 1}`,
        elements: { '00200013': ['IS', String(301 + n)] },
      }),
    ),
  )
}

/** Number, Instance Number and density that stand in the axial view, and where the pointer is along the body. */
async function expectSlice({ page }: VoxctPage, number: number): Promise<void> {
  const pane = page.getByTestId('viewport-axial')
  await expect(page.getByTestId('slice-axial')).toHaveText(`${number} / ${SLICES}`)
  await expect(page.getByTestId('instance-axial')).toHaveText(`inst. ${300 + number}`)
  await expect(pane.getByTestId('hu')).toHaveText(`−${810 - 10 * number} HU`)
  await expect(pane).toContainText(`S ${(105 - 5 * number).toFixed(1)} mm`)
}

test('slices are numbered from the head down, views stand on them, and what a resting pointer is over follows', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.idle()
  await app.dropFiles(writeSteps())
  const view = page.locator('[data-view="axial"]')
  await view.hover()
  await app.idle()
  // Of an even number of slices none is the middle one.
  await expectSlice(app, 5)
  await page.mouse.wheel(0, 100)
  await expectSlice(app, 6)
  for (const [key, number] of [
    ['Home', 1],
    ['ArrowDown', 2],
    ['End', 8],
    ['ArrowUp', 7],
  ] as const) {
    await page.keyboard.press(key)
    await expectSlice(app, number)
  }

  // Lines come once somebody has pointed, leave the place free, and one key takes away all that lies over the pictures.
  const shell = page.getByTestId('app-shell')
  const lines = page.locator('[data-view="axial"] [data-overlay="crosshair"]')
  await expect(lines).toBeHidden()
  await view.click()
  await expect(lines).toBeVisible()
  await page.keyboard.press('u')
  await expect(lines).toBeHidden()
  await expect(page.locator('[data-view="axial"] [data-overlay="scale"]')).toBeHidden()
  await expect(page.getByTestId('slice-axial')).toBeHidden()
  await page.keyboard.press('u')
  await expect(page.locator('[data-view="axial"] [data-overlay="scale"]')).toBeVisible()

  // The window that one scan is looked at in is not the next one's, until a person says so.
  await page.keyboard.press('3')
  await page.reload()
  await app.idle()
  await expect(page.getByTestId('preset-lung')).toHaveAttribute('aria-pressed', 'true')
  await app.dropFiles(writeSteps())
  await app.idle()
  await page.keyboard.press('2')
  await page.keyboard.press('Shift+W')
  await expect(app.notice('opening-window')).toContainText('width 400, centre 40 HU')
  await page.keyboard.press('3')
  await page.reload()
  await app.idle()
  await expect(page.getByTestId('preset-mediastinum')).toHaveAttribute('aria-pressed', 'true')
  await expect(shell).toHaveAttribute('data-crosshair', 'false')
})

const numberOf = async ({ page }: VoxctPage, pane: string): Promise<number> =>
  Number((await page.getByTestId(`slice-${pane}`).textContent())?.split(' ')[0])

test('a case opens at its own peak with the heat of the study, and both are scrolled by the height of their lungs', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  // Which processor runs the model, and how, is no word for a reader's bar or list.
  for (const part of ['Tools', 'Findings', 'Similar cases'])
    await expect(page.getByRole('region', { name: part, exact: true })).not.toContainText(
      /wasm|thread|fp32|int8|seed|cos |0\.\d{3}/,
    )
  await app.light('cardiomegaly')
  await page.locator('button[data-testid^="similar-case-"]').first().click()
  await app.idle()
  await expect(page.getByTestId('comparison-common')).toContainText('Cardiomegaly')
  const heat = (view: string) => page.locator(`[data-view="${view}"] canvas[data-overlay="heat"]`)
  await expect(heat('axial')).toBeVisible()
  await expect(heat('comparison-axial')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('beside.png') })

  await page.locator('[data-view="axial"]').hover()
  await page.keyboard.press('Home')
  const [head, headBeside] = [await numberOf(app, 'axial'), await numberOf(app, 'comparison-axial')]
  expect(head).toBe(1)
  await page.keyboard.press('End')
  await expect.poll(() => numberOf(app, 'comparison-axial')).toBeGreaterThan(headBeside + 60)
  await page.keyboard.press('Shift+G')
  await expect(page.getByTestId('scroll-link')).toHaveAttribute('aria-pressed', 'false')
  const stays = await numberOf(app, 'comparison-axial')
  await page.keyboard.press('Home')
  await expect.poll(() => numberOf(app, 'axial')).toBe(1)
  expect(await numberOf(app, 'comparison-axial')).toBe(stays)
})
