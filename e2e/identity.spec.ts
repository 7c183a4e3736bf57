import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { DicomElements } from '../src/domain/volume/testing/dicomBytes.ts'
import { expect, test } from './support/app.ts'
import { readStore } from './support/oldDatabase.ts'
import { openTiny } from './support/packs.ts'
import { chestSeries } from './support/series.ts'
import { speak } from './support/speak.ts'
import { readStudyId, utterances } from './support/studies.ts'

const patient = (values: Readonly<Record<string, readonly [string, string]>>): DicomElements => values

const JANE = {
  description: 'Thorax 5.0',
  seriesUid: '1.2.3.10',
  sopInstanceUid: '1.2.3.10.1',
  elements: patient({
    '00100010': ['PN', 'Doe^Jane'],
    '00100020': ['LO', 'MRN-4711'],
    '00100030': ['DA', '19620704'],
    '00100040': ['CS', 'F'],
    '00080020': ['DA', '20260131'],
    '0020000d': ['UI', '1.2.3.1'],
  }),
}
const JOHN = {
  description: 'Thorax 5.0',
  seriesUid: '1.2.3.10',
  sopInstanceUid: '1.2.3.10.2',
  elements: patient({
    '00100010': ['PN', 'Roe^John'],
    '00100020': ['LO', 'MRN-0815'],
    '00100040': ['CS', 'M'],
    '00101010': ['AS', '047Y'],
    '00080020': ['DA', '20251224'],
    '0020000d': ['UI', '1.2.3.2'],
  }),
}
/** What names one of them. */
const NAMES = /Doe|Jane|MRN|4711|Roe|John|0815/

async function exportBy(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

test.beforeEach(async ({ app }) => {
  await openTiny(app)
  await app.idle()
})

test('two patients under one Series UID are two studies of one drop, told, each with its own strip and dictation', async ({
  app,
  page,
}) => {
  await app.dropFiles([...chestSeries(20, JANE), ...chestSeries(22, JOHN)])
  await expect(app.notice('series-of-several-patients')).toBeVisible()
  const series = page.locator('[data-testid^="series-"]')
  await expect(series).toHaveCount(2)
  await app.idle()
  await series.filter({ hasText: '20 × 5 mm' }).click()
  await expect(page.getByTestId('patient-name')).toHaveText('Doe, Jane · F · 63 y · 2026-01-31')
  await expect(page.getByTestId('slice-axial')).toHaveText('11 / 20')
  await app.idle()
  const janeId = await readStudyId(page)
  await page.getByTestId('audio-input').setInputFiles(speak('hernia', 'There is a hiatal hernia.', { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  await series.filter({ hasText: '22 × 5 mm' }).click()
  await expect(page.getByTestId('patient-name')).toHaveText('Roe, John · M · 47 y · 2025-12-24')
  await app.idle()
  expect(await readStudyId(page)).not.toBe(janeId)
  await expect(utterances(page)).toHaveCount(0)
  await expect(page.getByTestId('mic-owner')).toContainText('Roe, John')

  const stored = JSON.stringify([await readStore(page, 'utterances'), await readStore(page, 'studies')])
  expect(stored).toContain(janeId)
  expect(stored).not.toMatch(NAMES)
})

test('who the patient is stays in sight in a narrow window, is hidden by one key, and leaves only when asked for', async ({
  app,
  page,
}) => {
  await app.dropFiles(chestSeries(20, JANE))
  const name = page.getByTestId('patient-name')
  await expect(name).toHaveText('Doe, Jane · F · 63 y · 2026-01-31')
  await app.idle()
  for (const width of [1920, 1024, 800, 640]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(name, `${width} wide`).toBeInViewport({ ratio: 0.99 })
    const isCut = await name.evaluate((element) => element.scrollWidth > element.clientWidth + 1)
    expect(isCut, `cut at ${width}`).toBe(false)
  }
  await page.setViewportSize({ width: 1280, height: 800 })

  const id = await readStudyId(page)
  const hash = id.replace('study-', '')
  const plain = await exportBy(page, () => page.getByTestId('export-button').click())
  expect(plain.name).toContain(hash.slice(0, 12))
  expect(JSON.parse(plain.text).study).toMatchObject({ id, sex: 'F', ageYears: 63, size: [64, 64, 20] })
  expect(plain.text).not.toMatch(NAMES)

  await page.keyboard.press('Shift+E')
  await expect(page.getByTestId('confirm-yes')).toBeVisible()
  const identified = await exportBy(page, () => page.getByTestId('confirm-yes').click())
  expect(JSON.parse(identified.text).study.identified).toMatchObject({
    patientName: 'Doe, Jane',
    patientId: 'MRN-4711',
    studyDate: '20260131',
  })
  for (const { name: fileName } of [plain, identified]) expect(fileName).not.toMatch(NAMES)

  await page.keyboard.press('Shift+N')
  await expect(name).toHaveCount(0)
  await expect(page.getByTestId('study-title')).toHaveText('Thorax 5.0')
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(NAMES)
  await page.keyboard.press('Shift+N')
  await expect(name).toBeVisible()
})
