import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { chestSeries, type UploadedFile, upload } from './support/series.ts'

const LAYERS = 40
/** Layers are written from the feet up, slices are numbered from the head down. */
const toNumber = (layer: number) => LAYERS - layer

test.beforeEach(async ({ app }) => {
  await openTiny(app)
  await app.idle()
})

async function goToSlice({ page }: VoxctPage, number: number): Promise<void> {
  await page.getByRole('slider', { name: 'Axial slice', exact: true }).fill(String(number))
  await expect(page.getByTestId('slice-axial')).toHaveText(`${number} / ${LAYERS}`)
}

/** Share of a view that is hatched as missing, and of its rows that have some of it. */
function hatchedShare({ page }: VoxctPage, plane: string): Promise<{ pixels: number; rows: number }> {
  return page.getByTestId(`viewport-${plane}`).evaluate((pane) => {
    const canvas = pane.querySelector<HTMLCanvasElement>('canvas[data-overlay="missing"]')
    if (!canvas || canvas.style.display === 'none') return { pixels: 0, rows: 0 }
    const { width, height } = canvas
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height)
    let pixels = 0
    const rows = new Set<number>()
    for (let n = 0; n < width * height; n++) {
      if (data[4 * n + 3] !== 255) continue
      pixels++
      rows.add(Math.floor(n / width))
    }
    return { pixels: pixels / (width * height), rows: rows.size / height }
  })
}

async function probe({ page }: VoxctPage): Promise<string> {
  const pane = page.getByTestId('viewport-axial')
  const box = await pane.boundingBox()
  if (!box) throw new Error('the axial view is not on the page')
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5 + 3)
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5)
  return (await pane.textContent()) ?? ''
}

/** The slice of a layer written for a codec, and what the codec gets is no picture. */
function destroy(files: UploadedFile[], layer: number): UploadedFile[] {
  const item = (bytes: readonly number[]) => [0xfe, 0xff, 0x00, 0xe0, bytes.length, 0, 0, 0, ...bytes]
  const noise = Array.from({ length: 200 }, (_, n) => (n * 73 + 41) % 256)
  const pixels = Uint8Array.from([...item([]), ...item(noise), 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  const bytes = writeSyntheticSlice({
    columns: 64,
    rows: 64,
    sopInstanceUid: `1.2.3.4.${layer + 1}`,
    positionLpsMm: [-160, -160, 5 * layer],
    transferSyntaxUid: '1.2.840.10008.1.2.4.90',
    elements: { '7fe00010': ['OB', pixels] },
  })
  // Encapsulated pixel data has no length of its own.
  bytes.fill(0xff, bytes.length - pixels.length - 4, bytes.length - pixels.length)
  return files.map((file, n) => (n === layer ? upload('destroyed.dcm', bytes) : file))
}

test('an absent slice is hatched in every view, has no HU, and is filled for the model, which is told', async ({
  app,
  page,
}) => {
  await app.dropFiles(chestSeries(LAYERS, {}, [20]))
  await expect(app.notice('missing-slices')).toBeVisible()
  await expect(app.notice('missing-slices-filled')).toContainText(`1 of ${LAYERS} slices is missing`)
  await app.idle()
  await app.showEvidence()
  expect(Object.values(await app.probabilities()).length).toBeGreaterThan(0)

  await goToSlice(app, toNumber(21))
  await expect(page.getByTestId('missing-axial')).toHaveCount(0)
  expect(await hatchedShare(app, 'axial')).toEqual({ pixels: 0, rows: 0 })
  expect(await probe(app)).toMatch(/−?\d+ HU/)

  await goToSlice(app, toNumber(20))
  await expect(page.getByTestId('missing-axial')).toHaveText('slice missing')
  expect((await hatchedShare(app, 'axial')).pixels).toBeGreaterThan(0.4)
  const text = await probe(app)
  expect(text).toContain('slice missing')
  expect(text).not.toMatch(/\d HU/)
  for (const plane of ['coronal', 'sagittal']) {
    const { pixels, rows } = await hatchedShare(app, plane)
    // Two of 40 steps, with the words beside them.
    expect(rows).toBeGreaterThan(0.02)
    expect(rows).toBeLessThan(0.1)
    expect(pixels).toBeGreaterThan(0.002)
  }
  await page.screenshot({ path: test.info().outputPath('absent.png') })
})

test('a slice that its codec cannot decode is named and missing, and the rest is as it was', async ({ app, page }) => {
  await app.dropFiles(destroy(chestSeries(LAYERS), 12))
  await expect(app.notice('slices-not-decoded')).toContainText('destroyed.dcm')
  await app.idle()
  await goToSlice(app, toNumber(12))
  await expect(page.getByTestId('missing-axial')).toHaveText('slice missing')
  await goToSlice(app, toNumber(13))
  expect(await probe(app)).toMatch(/−?\d+ HU/)
})

test('with more than 5 % missing there are neither scores nor similar cases, and the panels say why', async ({
  app,
  page,
}) => {
  await app.dropFiles(chestSeries(LAYERS, {}, [10, 20, 30]))
  const problem = page.getByTestId('findings-problem')
  await expect(problem).toHaveAttribute('data-code', 'too-much-missing')
  await expect(problem).toContainText(`3 of ${LAYERS} slices are missing (8 %)`)
  await expect(problem).toContainText('Export the whole series again')
  await app.idle()
  expect(
    await page
      .locator('[data-probability]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-probability')).filter(Boolean)),
  ).toEqual([])
  await expect(page.getByTestId('similar-problem')).toContainText('neither scored nor compared')
  expect(await app.similarCases()).toEqual([])
  await page.screenshot({ path: test.info().outputPath('unscored.png') })

  await app.dropFiles(chestSeries(LAYERS, { seriesUid: '1.2.3.77', description: 'whole' }))
  await app.idle()
  await expect(problem).toHaveCount(0)
  await app.showEvidence()
  expect(Object.values(await app.probabilities()).length).toBeGreaterThan(0)
})
