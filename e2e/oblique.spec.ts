import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { watchContexts } from './support/loseContext.ts'
import { openTiny } from './support/packs.ts'
import { type UploadedFile, upload } from './support/series.ts'

const SIDE = 48
const LAYERS = 20
const COLUMN_MM = 0.7
const ROW_MM = 0.8
const LAYER_MM = 2
/** The liver window: a grey level is .59 HU, from −45 HU on. */
const WINDOW_KEY = '5'
const toHuOf = (grey: number) => -45 + (grey * 150) / 255
/** Linear in the patient, so that it is known between voxels as well; the first voxel lies at (0, 0, 0). */
const toHu = ([x, y, z]: readonly number[]) => -40 + x / COLUMN_MM + y / ROW_MM + (2 * z) / LAYER_MM

const rampVolume = (): UploadedFile[] =>
  Array.from({ length: LAYERS }, (_, k) =>
    upload(
      `${k}.dcm`,
      writeSyntheticSlice({
        columns: SIDE,
        rows: SIDE,
        intercept: -1024,
        stored: Array.from(
          { length: SIDE * SIDE },
          (__, at) => 1024 - 40 + (at % SIDE) + Math.floor(at / SIDE) + 2 * k,
        ),
        positionLpsMm: [0, 0, LAYER_MM * k],
        sopInstanceUid: `1.2.3.31.${k + 1}`,
      }),
    ),
  )

async function boxOf({ page }: VoxctPage, view: string) {
  const box = await page.locator(`[data-view="${view}"]`).boundingBox()
  if (!box) throw new Error(`no ${view} view`)
  return box
}

/** Grey levels of what a view draws, row by row. */
async function readPixels({ page }: VoxctPage, view: string) {
  return page.evaluate((name) => {
    const host = document.querySelector(`[data-view="${name}"]`)!
    const slab = host.querySelector<HTMLCanvasElement>('canvas[data-overlay="slab"]')
    const canvas =
      slab && slab.style.display !== 'none' ? slab : host.querySelector<HTMLCanvasElement>('canvas.cornerstone-canvas')!
    const { width, height } = canvas
    const copy = new OffscreenCanvas(width, height).getContext('2d')!
    copy.drawImage(canvas, 0, 0)
    const { data } = copy.getImageData(0, 0, width, height)
    return { width, height, greys: Array.from({ length: width * height }, (_, n) => data[4 * n]) }
  }, view)
}

const toNumbers = (text: string): number[] =>
  ['L', 'P', 'S'].map((side, n) => {
    const found = new RegExp(`(${side}|${'RAI'[n]}) ([\\d.]+)`).exec(text)
    return found ? Number(found[2]) * (found[1] === side ? 1 : -1) : Number.NaN
  })

/** What is drawn and what is read under the pointer are the volume's at that place. */
async function expectRightHu(app: VoxctPage, view: string): Promise<void> {
  const { page } = app
  const box = await boxOf(app, view)
  for (const [fx, fy] of [
    [0.45, 0.45],
    [0.55, 0.58],
  ]) {
    const [x, y] = [Math.round(box.width * fx), Math.round(box.height * fy)]
    await page.mouse.move(box.x + x + 0.5, box.y + y + 0.5)
    const place = toNumbers((await page.locator('[data-testid="hu"] + span').textContent()) ?? '')
    const hu = ((await page.getByTestId('hu').textContent()) ?? '').replace('−', '-').replace(' HU', '')
    const { greys, width } = await readPixels(app, view)
    expect(Math.abs(Number(hu) - toHu(place))).toBeLessThan(1)
    expect(Math.abs(toHuOf(greys[y * width + x]) - toHu(place))).toBeLessThan(1)
  }
}

test('a handle of the crosshair turns the other planes: HU, lengths and letters are right there, and a key takes it back', async ({
  app,
  page,
}) => {
  const loseContexts = await watchContexts(page)
  await openTiny(app)
  await app.idle()
  await app.dropFiles(rampVolume())
  await app.idle()
  await page.keyboard.press(WINDOW_KEY)
  const axial = await boxOf(app, 'axial')
  await page.mouse.click(axial.x + axial.width / 2, axial.y + axial.height / 2)
  const handle = page.locator('[data-view="axial"] [data-handle]').first()
  const grip = await handle.boundingBox()
  if (!grip) throw new Error('no handle')
  const lines = page.locator('[data-view="axial"] [data-overlay="crosshair"] path').first()
  const ends = [...((await lines.getAttribute('d')) ?? '').matchAll(/M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/g)].map((m) =>
    m.slice(1).map(Number),
  )
  const centre = [axial.x + (ends[0][0] + ends[1][0]) / 2, axial.y + ends[0][1]]
  const [gx, gy] = [grip.x + grip.width / 2, grip.y + grip.height / 2]
  const turn = (degrees: number) => {
    const angle = (degrees * Math.PI) / 180
    const [dx, dy] = [gx - centre[0], gy - centre[1]]
    return [
      centre[0] + dx * Math.cos(angle) - dy * Math.sin(angle),
      centre[1] + dx * Math.sin(angle) + dy * Math.cos(angle),
    ] as const
  }
  await page.mouse.move(gx, gy)
  await page.mouse.down()
  await page.mouse.move(...turn(14))
  await page.mouse.move(...turn(30))
  await page.screenshot({ path: test.info().outputPath('turning.png') })
  await page.mouse.up()
  await expect(page.getByTestId('oblique-coronal')).toHaveText('oblique 30°')
  await expect(page.getByTestId('oblique-sagittal')).toHaveText('oblique 30°')
  await expect(page.getByTestId('oblique-axial')).toHaveCount(0)
  await page.screenshot({ path: test.info().outputPath('oblique.png') })

  const edges = page.getByTestId('viewport-coronal').locator('[data-edge]')
  await expect(edges).toHaveText(['RA', 'LP', 'S', 'I'])
  await expectRightHu(app, 'coronal')
  await expectRightHu(app, 'sagittal')

  // The cut through the volume is as long as its sides say, from the middle of the pixels at both of its ends.
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, 120)
  await page.keyboard.up('Control')
  const readEnds = async () => {
    const { greys, width, height } = await readPixels(app, 'sagittal')
    const row = greys.slice(width * Math.floor(height / 2), width * (Math.floor(height / 2) + 1))
    return [row.findIndex((grey) => grey > 0), row.findLastIndex((grey) => grey > 0), width]
  }
  await expect.poll(async () => (await readEnds())[0]).toBeGreaterThan(20)
  const [first, last, width] = await readEnds()
  const sagittal = await boxOf(app, 'sagittal')
  await page.keyboard.press('d')
  const y = sagittal.y + sagittal.height / 2
  await page.mouse.move(sagittal.x + first, y)
  await page.mouse.down()
  await page.mouse.move(sagittal.x + width / 2, y)
  await page.mouse.move(sagittal.x + last + 1, y)
  await page.mouse.up()
  const lengthMm = Number.parseFloat((await page.getByTestId('measure').textContent())?.match(/[\d.]+ mm/)?.[0] ?? '')
  const wantedMm = (SIDE * ROW_MM) / Math.cos(Math.PI / 6)
  expect(Math.abs(lengthMm - wantedMm)).toBeLessThan(wantedMm / (last + 1 - first))
  await page.screenshot({ path: test.info().outputPath('measured.png') })
  const drawn = (view: string) => page.locator(`[data-view="${view}"] [data-overlay="measures"] path`)
  await expect(drawn('sagittal')).not.toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.keyboard.press('Alt+r')
  await expect(page.getByTestId('oblique-coronal')).toHaveCount(0)
  await expect(edges).toHaveText(['R', 'L', 'S', 'I'])
  await expect(drawn('sagittal')).toHaveCount(0)
  await page.getByTestId('measure-show').click()
  await expect(page.getByTestId('oblique-sagittal')).toHaveText('oblique 30°')
  await expect(drawn('sagittal')).not.toHaveCount(0)

  // The processor draws now: a turned plane is drawn by the app itself.
  await loseContexts()
  await expect(app.notice('rendering').first()).toBeVisible()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(page.locator('[data-view="coronal"] canvas[data-overlay="slab"][data-drawn="sharp"]')).toBeVisible()
  await expectRightHu(app, 'coronal')
})
