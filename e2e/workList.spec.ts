import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/app.ts'
import { rampSeries } from './support/rampSeries.ts'
import { readStudyId } from './support/studies.ts'

/** A ramp as a study of a patient of its own. */
const studyOf = (n: number) =>
  rampSeries({
    '00080020': ['DA', '20260301'],
    '00081030': ['LO', 'CT CHEST W CONTRAST'],
    '00100010': ['PN', `Reader^${n}`],
    '00100020': ['LO', `PAT-${n}`],
    '0020000d': ['UI', `1.2.3.8.${n}`],
    '0020000e': ['UI', `1.2.3.8.${n}.1`],
  }).map((file) => ({ ...file, name: `${n}-${file.name}` }))

const FILES = [...studyOf(1), ...studyOf(2)]

test('two studies in a row: the list has how their reports stand, what is left unsigned is told, a template of one’s own is put in', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.dropFiles(FILES)
  await app.idle()
  const left = page.getByTestId('work-left')
  const entries = page.getByTestId('work-list').locator('button[data-status]')
  const read = page.getByTestId('work-list').locator('[aria-current="true"]')
  await expect(left).toHaveText('2 of 2 left')
  await page.keyboard.press('Alt+t')
  await page.getByTestId('new-sentence').fill('No filling defect.')
  await page.getByTestId('new-sentence').press('Enter')
  await expect(read).toHaveAttribute('data-status', 'dictated')
  const first = await readStudyId(page)

  // The report becomes a template; a name that says a command is refused with the reason.
  await page.getByTestId('templates').click()
  await page.getByTestId('new-template').click()
  await page.getByTestId('template-name').fill('Lung window')
  await page.getByTestId('template-save').click()
  await expect(page.getByTestId('template-editor')).toContainText('said for a command')
  await page.getByTestId('template-name').fill('Clear vessels')
  await page.getByTestId('template-save').click()
  await expect(page.getByTestId('own-template')).toHaveText(/Clear vessels/)
  await page.getByTestId('default-contrast').selectOption('Clear vessels')
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="templates-sheet"]').analyze()
  expect(violations).toEqual([])
  await page.keyboard.press('Escape')

  await page.keyboard.press('Alt+PageDown')
  await expect(page.getByTestId('patient-strip')).not.toHaveAttribute('data-study-id', first)
  await expect(app.notice('left-unsigned')).toContainText('is not signed: 1 sentence.')
  await app.idle()
  await page.getByTestId('insert-template').click()
  await page.keyboard.press('Enter')
  const inserted = page.getByTestId('report-panel').getByTestId('report-sentence')
  await expect(inserted).toHaveCount(1)
  await expect(inserted).toContainText('No filling defect.')
  await expect(inserted).toHaveAttribute('data-origin', 'template')
  await page.getByTestId('sign-report').click()
  await expect(read).toHaveAttribute('data-status', 'signed')
  await expect(left).toHaveText('1 of 2 left')
  const { violations: ofList } = await new AxeBuilder({ page }).include('[data-testid="studies-panel"]').analyze()
  expect(ofList).toEqual([])

  await page.reload()
  await app.dropFiles(FILES)
  await app.idle()
  await expect(left).toHaveText('1 of 2 left')
  // The first is open again, the second is known by its files alone.
  await expect(entries).toHaveText([/Reader, 1.*Not signed/, /Reader, 2.*Signed/])
  await page.keyboard.press('Alt+t')
  await page.getByTestId('templates').click()
  await expect(page.getByTestId('own-template')).toHaveText(/Clear vessels/)
  await expect(page.getByTestId('default-contrast')).toHaveValue('Clear vessels')
})
