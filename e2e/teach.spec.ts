import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { libraryExamples } from './support/ownExamples.ts'
import { speak } from './support/speak.ts'
import { utterances } from './support/studies.ts'

interface OwnFile {
  readonly of: { readonly packId: string; readonly encoder: string }
  readonly findings: { readonly id: string; readonly examples: object[] }[]
}

/** Takes what the button downloads. */
async function exported(page: Page, testId: string): Promise<OwnFile> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

const importFile = (page: Page, file: object) =>
  page.getByTestId('own-findings-input').setInputFiles({
    name: 'wide-heart.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  })

const ownRows = (page: Page) => page.locator('[data-testid^="finding-row-own-"]')
const closeSheet = (page: Page) => page.keyboard.press('Escape')

test('a finding is taught by example: it has a row, a figure, heat and words of its own, and outlives a reload', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  await page.keyboard.press('y')
  await page.getByTestId('own-name').fill('Wide heart')
  await page.getByTestId('own-synonyms').fill('heart of an ox')
  await page.getByTestId('own-add-present').click()
  const entry = page.locator('[data-testid^="own-entry-"]')
  await expect(entry).toContainText('N = 1 + 0')
  await expect(entry).toContainText('Mark 4 more present and 5 more absent')
  const file = await exported(page, 'own-export')
  const [finding] = file.findings
  expect(finding.examples).toHaveLength(1)

  const more = { ...finding, examples: [...finding.examples, ...libraryExamples('cardiomegaly', 9)] }
  await importFile(page, { ...file, findings: [more] })
  await expect(entry).toContainText('N = 10 + 9')
  await expect(entry).toContainText(/AUROC (\.\d\d|1\.00) \(\.\d\d–(\.\d\d|1\.00)\), 10 \+ 9 patients/)
  await closeSheet(page)

  const row = app.row(finding.id)
  await expect(row).toContainText('Wide heart')
  await expect(row).toHaveAttribute('data-seen', 'present')
  await expect(page.getByTestId('group-own')).toContainText('Yours')
  await row.click()
  await expect(page.getByTestId('heat-legend')).toContainText('Wide heart')
  await expect(page.getByTestId('similar-query')).toHaveText('Closest to Wide heart')
  await expect(page.locator('[data-testid^="similar-case-"]').first()).toContainText('Cardiomegaly')

  await page.getByTestId('audio-input').setInputFiles(speak('ox', 'There is a heart of an ox.', { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  await page.getByRole('button', { name: 'Correct the text of utterance 1' }).click()
  await page.getByTestId('edit-field').fill('There is a heart of an ox.')
  await page.keyboard.press('Enter')
  await expect(row).toHaveAttribute('data-said', 'present')
  const reading = (await exported(page, 'export-button')) as unknown as { findings: object[]; ownFindings: object[] }
  expect(reading.findings).toHaveLength(18)
  expect(reading.ownFindings).toMatchObject([
    { label: 'Wide heart', origin: 'taught', examples: { present: 10, absent: 9 }, said: 'present' },
  ])

  await page.reload()
  await app.idle()
  await expect(row).toHaveAttribute('data-seen', 'present')
  await expect(row).toHaveAttribute('data-own', 'taught')
  await expect(page.getByTestId('notice')).toHaveCount(0)
})

test('a finding of one’s own is refused by another model, deleted and brought back; words alone make a row too', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  await app.row('cardiomegaly').click()
  await page.keyboard.press('Shift+x')
  await expect(ownRows(page)).toHaveCount(1)
  await expect(ownRows(page)).toContainText('CardiomegalyN = 0 + 1')
  // The mark at the crosshair takes the place of the one of the whole scan: 128 numbers of its own.
  await page.keyboard.press('Shift+k')
  await expect(ownRows(page)).toContainText('CardiomegalyN = 1 + 0')
  await page.keyboard.press('y')
  const file = await exported(page, 'own-export')
  expect(file.findings[0].examples).toMatchObject([{ isPresent: true, place: expect.stringMatching(/^[\w+/]{683}=$/) }])
  await importFile(page, { ...file, of: { ...file.of, encoder: 'feedfacecafe' } })
  await expect(app.notice('own-file-of-another-model')).toContainText('wide-heart.json were made by the model')

  await page.getByTestId(`own-remove-${file.findings[0].id}`).click()
  await expect(ownRows(page)).toHaveCount(0)
  await page.getByTestId('own-undo').click()
  await expect(ownRows(page)).toHaveCount(1)

  await page.getByTestId('own-prompt').fill('Is there a large heart?')
  await page.getByTestId('own-ask').click()
  await expect(ownRows(page)).toHaveCount(2)
  await page.getByTestId('own-prompt').fill('a cup of coffee')
  await page.getByTestId('own-ask').click()
  await expect(app.notice('prompt-says-nothing')).toContainText('Teach it by example instead')
  await closeSheet(page)
  const byWords = ownRows(page).filter({ hasText: 'Large heart' })
  await expect(byWords).toHaveAttribute('data-own', 'prompt')
  await byWords.click()
  await expect(page.getByTestId('heat-legend')).toContainText('Large heart')
})
