import { readFile } from 'node:fs/promises'
import dcmjs from 'dcmjs'
import { writeSeries } from '../src/domain/report/seriesSample.fixture.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { rampSeries } from './support/rampSeries.ts'
import { upload } from './support/series.ts'

const NAME = 'Müller^Jürgen=山田^太郎'

const writeStudy = () =>
  rampSeries({
    '00080005': ['CS', 'ISO_IR 192'],
    '00100010': ['PN', NAME],
    '00100020': ['LO', 'P-7'],
    '0020000d': ['UI', '1.2.3.8'],
  })

async function draw({ page }: VoxctPage, tool: string, view: string): Promise<void> {
  await page.getByTestId(`tool-${tool}`).click()
  const box = await page.locator(`[data-view="${view}"]`).boundingBox()
  if (!box) throw new Error(`no ${view} view`)
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.4, 0.45))
  await page.mouse.down()
  await page.mouse.move(...at(0.5, 0.5))
  await page.mouse.move(...at(0.6, 0.55))
  await page.mouse.up()
  await page.keyboard.press('Escape')
}

interface Item {
  readonly [keyword: string]: unknown
  readonly ContentSequence?: Item | readonly Item[]
}

/** All content items of a tree, depth first. */
const toItems = (item: Item): Item[] =>
  [item.ContentSequence ?? []].flat().flatMap((child) => [child as Item, ...toItems(child as Item)])

const SAID = 'a structured report about images'

test('measures are saved as a DICOM report, and shown again with their study, to be taken over', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.dropFiles(writeStudy())
  await app.idle()
  await draw(app, 'length', 'axial')
  await draw(app, 'ellipse', 'coronal')
  await expect(page.getByTestId('measure')).toHaveCount(2)
  const downloading = page.waitForEvent('download')
  await page.getByTestId('save-report').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^voxct-[0-9a-f]+-[\dT-]+-measures\.dcm$/)
  const bytes = await readFile(await download.path())

  const { dict } = dcmjs.data.DicomMessage.readFile(new Uint8Array(bytes).buffer)
  const report = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict) as Item
  expect(report).toMatchObject({ StudyInstanceUID: '1.2.3.8', PatientID: 'P-7', Modality: 'SR' })
  expect(String(report.PatientName)).toContain('山田^太郎')
  const items = toItems(report)
  const types = items.map(({ ValueType }) => ValueType)
  expect(types.filter((type) => type === 'SCOORD')).toHaveLength(1)
  expect(types.filter((type) => type === 'SCOORD3D')).toHaveLength(1)
  const shown = (await page.getByTestId('measure').first().textContent()) ?? ''

  await page.reload()
  await app.idle()
  const file = { ...upload('report.dcm', new Uint8Array(bytes)) }
  await app.dropFiles([file])
  await expect(page.getByText(SAID)).toBeVisible()
  await app.dropFiles(writeStudy())
  await app.idle()
  const reported = page.getByTestId('reported')
  await expect(reported).toHaveCount(2)
  const mm = /[\d.]+ mm/.exec(shown)?.[0] ?? 'nothing'
  await expect(reported.first()).toContainText(mm)
  // The reader's own, which were kept, lie over those of the report.
  const drawn = page.locator('[data-view="axial"] [data-overlay="measures"] path[stroke-dasharray]')
  await page.keyboard.press('Home')
  await expect(drawn).toHaveCount(0)
  await reported.first().getByTestId('reported-show').click()
  await expect(drawn).toHaveCount(1)
  await reported.nth(1).getByTestId('reported-take').click()
  await expect(page.getByTestId('measure')).toHaveCount(3)
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('measure')).toHaveCount(2)
})

/** Coloured pixels of the overlay in a view. */
const countPainted = ({ page }: VoxctPage, view: string): Promise<number> =>
  page.locator(`[data-view="${view}"] canvas[data-overlay="segments"]`).evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.filter((value, at) => at % 4 === 3 && value > 0).length
  })

test('a segmentation lies over the study it belongs to: listed, shown, hidden', async ({ app, page }) => {
  await app.openEmpty()
  const series = await Promise.all(
    writeSeries().map(async (file) => upload(file.name, new Uint8Array(await file.arrayBuffer()))),
  )
  const segmentation = upload('binary.dcm', new Uint8Array(await readFile('fixtures/reports/binary.dcm')))
  await app.dropFiles([...series, segmentation])
  await app.idle()
  const segments = page.getByTestId('segment')
  await expect(segments).toHaveCount(2)
  await expect(segments.first()).toContainText('0.76 ml')
  await page.keyboard.press('Home')
  await segments.first().getByTestId('segment-show').click()
  for (const view of ['axial', 'coronal', 'sagittal'])
    await expect.poll(() => countPainted(app, view), view).toBeGreaterThan(100)
  await segments.first().getByTestId('segment-toggle').click()
  await expect.poll(() => countPainted(app, 'coronal')).toBe(0)
})

test('a report is printed, saved as DICOM and read again beside another study of its patient, and of no other', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.dropFiles(writeStudy())
  await app.idle()
  await page.keyboard.press('Alt+t')
  await page.getByTestId('new-sentence').fill('Nodule größer than before.')
  await page.getByTestId('new-sentence').press('Enter')
  await page.getByTestId('print-report').click()
  const paper = page.getByTestId('paper')
  await expect(paper).toContainText('Draft, not signed')
  await expect(paper).toContainText('P-7')
  await page.getByTestId('print-identity').uncheck()
  await expect(paper).not.toContainText('P-7')
  // On paper stands the paper alone.
  await page.emulateMedia({ media: 'print' })
  await expect(paper).toBeVisible()
  await expect(page.getByTestId('print-now')).toBeHidden()
  await expect(page.getByTestId('app-shell')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.keyboard.press('Escape')
  await expect(paper).toHaveCount(0)

  const downloading = page.waitForEvent('download')
  await page.getByTestId('save-dictated-report').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^voxct-[0-9a-f]+-[\dT-]+-report\.dcm$/)
  const file = upload('earlier.dcm', new Uint8Array(await readFile(await download.path())))

  await page.reload()
  await app.idle()
  const other = rampSeries({ '00100020': ['LO', 'P-8'], '0020000d': ['UI', '1.2.3.9'] })
  await app.dropFiles([...other, file])
  await app.idle()
  await expect(page.getByText('a report of another patient')).toBeVisible()
  await page.keyboard.press('Alt+t')
  await expect(page.getByTestId('report-panel')).toBeVisible()
  await expect(page.getByTestId('earlier-report')).toHaveCount(0)

  await app.dropFiles(rampSeries({ '00100020': ['LO', 'P-7'], '0020000d': ['UI', '1.2.3.10'] }))
  await app.idle()
  await expect(page.getByTestId('earlier-report')).toHaveCount(1)
  await page.keyboard.press('Alt+e')
  await expect(page.getByTestId('earlier-text')).toContainText('Nodule größer than before.')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('earlier-text')).toHaveCount(0)
})
