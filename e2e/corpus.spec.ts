import { type ExpectedScan, type Item, planeOf, readItem } from '../corpus/run/expectation.ts'
import { makeCorpus } from '../corpus/run/makeCorpus.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { upload } from './support/series.ts'

/*
 * The decoders as the browser runs them, by the numbers that a reader sees: position and HU under the pointer. Every
 * slice of a batch is written in another syntax (corpus/voxct_corpus/kinds/batches.py).
 */

test.beforeAll(() => makeCorpus())

/** Places in the axial view, as shares of its width and height from the centre. */
const PLACES = [
  [0, 0],
  [-0.11, 0.04],
  [0.13, -0.07],
  [0.05, 0.16],
  [-0.07, -0.14],
] as const

interface Reading {
  readonly pointLpsMm: readonly [number, number, number]
  /** Null where the slice is said to be missing. */
  readonly hu: number | null
}

const SIGNS: Readonly<Record<string, number>> = { L: 1, R: -1, P: 1, A: -1, S: 1, I: -1 }

function parseReading(texts: readonly string[]): Reading | null {
  const position = findMatch(texts, /^([LR]) ([\d.]+) · ([PA]) ([\d.]+) · ([SI]) ([\d.]+) mm$/)
  const density = findMatch(texts, /^(−?\d+) HU$/)
  if (!position || (!density && !texts.includes('slice missing'))) return null
  const at = (n: number) => SIGNS[position[n]] * Number(position[n + 1])
  return { pointLpsMm: [at(1), at(3), at(5)], hu: density ? Number(density[1].replace('−', '-')) : null }
}

const findMatch = (texts: readonly string[], pattern: RegExp) =>
  texts.map((text) => pattern.exec(text)).find((match) => match !== null)

/** What the read-outs of the axial view say at each of the places of the slice that is shown. */
async function readSlice({ page }: VoxctPage, box: { x: number; y: number; width: number; height: number }) {
  const readings: Reading[] = []
  const spans = page.getByTestId('viewport-axial').locator('span')
  for (const [x, y] of PLACES) {
    await page.mouse.move(box.x + box.width * (0.5 + x), box.y + box.height * (0.5 + y))
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const reading = parseReading(await spans.allTextContents())
    if (reading) readings.push(reading)
  }
  return readings
}

/** The plane that a position lies in, and the pixel of it; null near the border of a pixel. */
function findPixel(scan: ExpectedScan, [x, y, z]: Reading['pointLpsMm']): { plane: number; pixel: number } | null {
  const plane = scan.originsLpsMm.findIndex((origin) => Math.abs(origin[2] - z) < 0.5)
  if (plane < 0) return null
  const [left, top] = scan.originsLpsMm[plane]
  const [i, j] = [(x - left) / scan.spacingMm[0], (y - top) / scan.spacingMm[1]]
  const isClear = [i, j].every((index) => Math.abs(index - Math.round(index)) < 0.44)
  return isClear ? { plane, pixel: Math.round(i) + Math.round(j) * scan.columns } : null
}

/** Compares what is read with the source: planes that were read, and what is wrong. */
async function judgeSlices(app: VoxctPage, item: Item): Promise<{ planes: Set<number>; faults: string[] }> {
  const [scan] = item.scans
  const box = await app.page.locator('[data-view="axial"]').boundingBox()
  if (!box) throw new Error('the axial view has no place')
  const planes = new Set<number>()
  const faults: string[] = []
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await app.page.keyboard.press('Home')
  for (const _ of scan.files) {
    for (const { pointLpsMm, hu } of await readSlice(app, box)) {
      const found = findPixel(scan, pointLpsMm)
      if (!found) continue
      planes.add(found.plane)
      const expected = planeOf(item, scan, found.plane)[found.pixel]
      const isMissing = hu === null && scan.damaged.includes(found.plane)
      const isRight = hu !== null && Math.abs(hu - expected) <= scan.toleranceHu
      if (!isMissing && !isRight) faults.push(`${scan.files[found.plane]}: ${hu} HU for ${expected}`)
    }
    await app.page.keyboard.press('ArrowDown')
  }
  return { planes, faults }
}

/** Each damaged slice is in the list of what could not be decoded. */
async function expectNamed(app: VoxctPage, scan: ExpectedScan): Promise<void> {
  if (scan.damaged.length === 0) return
  const notice = app.notice('slices-not-decoded')
  await notice.getByTestId('notice-details').click()
  for (const plane of scan.damaged) await expect(notice).toContainText(scan.files[plane].split('/').at(-1) ?? '')
}

for (const id of ['batch-lossless', 'batch-lossy-12-16', 'batch-lossy-8', 'batch-damaged']) {
  test(`${id}: every slice shows the HU of its source, or is said to be missing`, async ({ app }) => {
    const item = readItem(id)
    const [scan] = item.scans
    await openTiny(app)
    await app.idle()
    await app.dropFiles([...item.contents].map(([path, bytes]) => upload(path.split('/').at(-1) ?? path, bytes)))
    await expect(app.page.getByTestId('slice-axial')).toHaveText(new RegExp(` / ${scan.files.length}$`))
    await app.idle()
    const { planes, faults } = await judgeSlices(app, item)
    expect(faults).toEqual([])
    expect(planes.size).toBe(scan.files.length)
    await expectNamed(app, scan)
  })
}
