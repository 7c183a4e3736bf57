import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/app.ts'
import { speakStretches } from './support/speak.ts'
import { cube, utterances } from './support/studies.ts'

/** Water and nothing else: no scores apply to it, and it is drawn at once. */
const BLOCK = cube('block.nii', 0, 64)

const SAID = ['There is a lung nodule in the left upper lobe.', 'Impression. There is a hiatal hernia.']

test('a report fills as one dictates, is changed, completed, copied and signed, and is there after a reload', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.openEmpty()
  await app.dropFiles(BLOCK)
  await app.idle()
  await page.getByTestId('audio-input').setInputFiles(speakStretches('report', SAID, 1200).path)
  await expect(utterances(page)).toHaveCount(SAID.length)
  await app.idle()
  await page.keyboard.press('Alt+t')
  const lungs = page.getByTestId('report-lungs').getByTestId('report-sentence')
  const impression = page.getByTestId('report-impression').getByTestId('report-sentence')
  await expect(lungs).toHaveText(/nodule.*left upper lobe/i)
  await expect(impression).toHaveText(/hernia/i)
  const foot = page.getByTestId('report-foot')
  await expect(foot).toHaveAttribute('data-status', 'dictated')

  // A template fills what nothing was said of; the organs spoken of, and the impression, stay the reader's own.
  await page.getByTestId('insert-template').click()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('report-pleura').getByTestId('report-sentence')).toHaveAttribute(
    'data-origin',
    'template',
  )
  await expect(lungs).toHaveCount(1)
  await expect(impression).toHaveCount(1)

  await impression.getByTestId(/^sentence-said/).dblclick()
  await page.getByTestId('sentence-field').fill('Nodule of the left upper lobe.')
  await page.keyboard.press('Enter')
  await expect(impression).toHaveAttribute('data-changed', 'true')
  await page.getByTestId('new-sentence').fill('Follow-up in three months.')
  await page.getByTestId('new-sentence').press('Enter')
  await expect(impression).toHaveText([/Nodule of the left upper lobe\./, /Follow-up in three months\./])
  await page.getByRole('button', { name: /^Move “Follow-up/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Other findings' }).click()
  await expect(page.getByTestId('report-other').getByTestId('report-sentence')).toHaveText(/Follow-up/)
  await page.getByTestId('report-panel').press('Control+z')
  await expect(impression).toHaveCount(2)

  const { violations } = await new AxeBuilder({ page }).include('[data-testid="report-panel"]').analyze()
  expect(violations).toEqual([])
  await page.getByTestId('copy-report').click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^LUNGS AND AIRWAYS\n.*\n\nPLEURA\n/)
  expect(copied).toMatch(/IMPRESSION\nNodule of the left upper lobe\. Follow-up in three months\.$/)

  // The first look, at the words alone since no scores apply, has nothing to ask: it is signed.
  await page.getByTestId('sign-report').click()
  await expect(page.getByTestId('safety-net')).toContainText('only the words were looked at')
  await expect(foot).toHaveAttribute('data-status', 'signed')
  await page.reload()
  await app.dropFiles(BLOCK)
  await app.idle()
  await page.keyboard.press('Alt+t')
  await expect(foot).toHaveAttribute('data-status', 'signed')
  await expect(impression).toHaveText([/Nodule of the left upper lobe\./, /Follow-up in three months\./])
  // The source of a dictated sentence leads back to its utterance.
  await lungs.getByTestId('sentence-source').click()
  await expect(utterances(page).first()).toHaveAttribute('data-selected', 'true')
  expect(app.foreignRequests).toEqual([])
})
