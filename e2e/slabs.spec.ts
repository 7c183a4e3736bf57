import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { watchContexts } from './support/loseContext.ts'
import { openTiny } from './support/packs.ts'
import { type UploadedFile, upload } from './support/series.ts'

const LAYERS = 24
const LAYER_MM = 2
const SIDE = 64
const BLOCKS = 4
const MARKED = 12
/** The liver window: a grey level is .59 HU, from −45 HU on. */
const WINDOW_KEY = '5'
const toHuOf = (grey: number) => -45 + (grey * 150) / 255

/** Four blocks of columns: noise by layer, one bright layer, one dark layer, one density. */
function toHu(layer: number, block: number): number {
  if (block === 0) return ((layer * 37) % 61) + 10
  if (block === 1) return layer === MARKED ? 90 : 0
  return block === 2 ? (layer === MARKED ? 0 : 90) : 40
}

function writeBlocks(): UploadedFile[] {
  return Array.from({ length: LAYERS }, (_, n) =>
    upload(
      `${n}.dcm`,
      writeSyntheticSlice({
        columns: SIDE,
        rows: SIDE,
        intercept: -1024,
        stored: Array.from({ length: SIDE * SIDE }, (__, at) => {
          return toHu(n, Math.floor(((at % SIDE) * BLOCKS) / SIDE)) + 1024
        }),
        positionLpsMm: [0, 0, LAYER_MM * n],
        sopInstanceUid: `1.2.3.21.${n + 1}`,
      }),
    ),
  )
}

interface Drawn {
  /** HU in the middle of each block. */
  readonly hu: readonly number[]
  /** Where the first block ends, in voxels. */
  readonly edge: number
}

/** The middle row of what is drawn: the volume is all that is not black. */
async function readDrawn({ page }: VoxctPage): Promise<Drawn> {
  const row = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-view="axial"] canvas[data-overlay="slab"]')
    if (!canvas || canvas.style.display === 'none') return []
    const { width, height } = canvas
    const { data } = canvas.getContext('2d')!.getImageData(0, Math.floor(height / 2), width, 1)
    return Array.from({ length: width }, (_, x) => data[4 * x])
  })
  const [first, last] = [row.findIndex((grey) => grey > 0), row.findLastIndex((grey) => grey > 0)]
  const length = last + 1 - first
  const hu = Array.from({ length: BLOCKS }, (_, n) => toHuOf(row[first + Math.floor(((n + 0.5) * length) / BLOCKS)]))
  const half = (hu[0] + hu[1]) / 2
  const crossed = row.findIndex((grey, x) => x > first && toHuOf(grey) > half !== hu[0] > half)
  return { hu, edge: ((crossed - first) / length) * SIDE }
}

/** The mean over exactly a thickness around a layer. */
function toMean(layer: number, thicknessMm: number): number {
  const steps = 10_000
  let sum = 0
  for (let n = 0; n < steps; n++)
    sum += toHu(Math.round(layer + (((n + 0.5) / steps - 0.5) * thicknessMm) / LAYER_MM), 0)
  return sum / steps
}

async function goToLayer({ page }: VoxctPage, layer: number): Promise<void> {
  await page.getByRole('slider', { name: 'Axial slice', exact: true }).fill(String(LAYERS - layer))
  await expect(page.getByTestId('slice-axial')).toHaveText(`${LAYERS - layer} / ${LAYERS}`)
}

async function expectSlab(app: VoxctPage, layer: number, wanted: readonly number[]): Promise<void> {
  await goToLayer(app, layer)
  await expect.poll(async () => (await readDrawn(app)).hu.every((hu, n) => Math.abs(hu - wanted[n]) < 1)).toBe(true)
}

async function chooseSlab({ page }: VoxctPage, kind: string, mm: string): Promise<void> {
  await page.getByTestId('slab-axial').click()
  await page.getByText(kind, { exact: true }).last().click()
  await page.getByTestId('slab-mm').fill(mm)
  await page.getByTestId('slab-mm').press('Enter')
  await expect(page.getByTestId('slab-axial')).toHaveText(`${kind} ${mm} mm`)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('slab-mm')).toHaveCount(0)
}

test('slabs: mean, largest and smallest as the voxels say, by hand, wheel and key, after a reload and without WebGL', async ({
  app,
  page,
}) => {
  const loseContexts = await watchContexts(page)
  await openTiny(app)
  await app.idle()
  await app.dropFiles(writeBlocks())
  await app.idle()
  await page.keyboard.press(WINDOW_KEY)

  await chooseSlab(app, 'Average', '7')
  for (const layer of [8, 9, 15]) {
    await goToLayer(app, layer)
    await expect.poll(async () => Math.abs((await readDrawn(app)).hu[0] - toMean(layer, 7))).toBeLessThan(1)
    const { hu, edge } = await readDrawn(app)
    expect(hu[3]).toBeCloseTo(40, 0)
    expect(Math.abs(edge - SIDE / BLOCKS)).toBeLessThan(0.5)
  }

  // Ten millimetres reach five to either side: two layers whose centres lie within, up to their edges.
  await chooseSlab(app, 'MIP', '10')
  for (const [layer, isIn] of [
    [MARKED, true],
    [MARKED - 2, true],
    [MARKED + 2, true],
    [MARKED - 3, false],
    [MARKED + 3, false],
  ] as const) {
    const noise = [-2, -1, 0, 1, 2].map((by) => toHu(layer + by, 0))
    await expectSlab(app, layer, [Math.max(...noise), isIn ? 90 : 0, 90, 40])
  }
  await page.keyboard.press('Shift+s')
  await expect(page.getByTestId('slab-axial')).toHaveText('MinIP 10 mm')
  const noise = [-2, -1, 0, 1, 2].map((by) => toHu(MARKED - 2 + by, 0))
  await expectSlab(app, MARKED - 2, [Math.min(...noise), 0, 0, 40])

  // The value under the pointer and of a probe are the slab's.
  const box = await page.getByTestId('viewport-axial').boundingBox()
  if (!box) throw new Error('no axial view')
  const [x, y] = [box.x + box.width / 2 + 30, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await expect(page.getByTestId('hu')).toHaveText('0 HU MinIP')
  await page.keyboard.press('Shift+j')
  await page.mouse.click(x, y)
  await expect(page.getByTestId('measure')).toContainText('0 HU · in MinIP 10 mm')
  await page.keyboard.press('Escape')
  await page.keyboard.down('Alt')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Alt')
  await expect(page.getByTestId('slab-axial')).toHaveText('MinIP 12 mm')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByTestId('slab-axial')).toHaveText('MinIP 10 mm')
  await page.screenshot({ path: test.info().outputPath('slab.png') })

  await page.reload()
  await app.idle()
  await app.dropFiles(writeBlocks())
  await app.idle()
  await expect(page.getByTestId('slab-axial')).toHaveText('MinIP 10 mm')
  await page.keyboard.press(WINDOW_KEY)
  await expectSlab(app, MARKED - 2, [Math.min(...noise), 0, 0, 40])

  // The processor draws now, which knows no slabs by itself.
  await loseContexts()
  await expect(app.notice('rendering').first()).toBeVisible()
  await chooseSlab(app, 'MIP', '10')
  await expectSlab(app, MARKED + 3, [Math.max(...[1, 2, 3, 4, 5].map((by) => toHu(MARKED + by, 0))), 0, 90, 40])
  await expectSlab(app, MARKED + 2, [Math.max(...[0, 1, 2, 3, 4].map((by) => toHu(MARKED + by, 0))), 90, 90, 40])
  await page.keyboard.press('s')
  await expect(page.getByTestId('slab-axial')).toHaveText('Slice')
  expect((await readDrawn(app)).hu.every(Number.isNaN)).toBe(true)
})
