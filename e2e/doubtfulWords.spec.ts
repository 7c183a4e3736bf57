import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type VoxctPage } from './support/app.ts'
import { speak } from './support/speak.ts'
import { cube, transcripts, utterances } from './support/studies.ts'

/** Words that there are none of: nobody can be sure of them. */
const NO_WORDS = 'There is a quondle of the frabwick with glimmering vorst.'

async function openScan(app: VoxctPage): Promise<void> {
  await app.dropFiles(cube('read.nii', -850, 60))
  await expect(app.page.getByTestId('study-title')).toHaveText('read.nii')
  await app.idle()
}

test('doubtful words are marked in the text and for screen readers, kept over a reload, and not in a corrected text', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await openScan(app)
  await page.getByTestId('audio-input').setInputFiles(speak('doubtful', NO_WORDS, { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  const [text] = await transcripts(page)
  const marked = page.getByTestId('heard-text').locator('u')
  const words = (await marked.allTextContents()).join(' ').split(' ')
  expect(words.length).toBeGreaterThan(0)
  expect(words.length).toBeLessThan(text.split(' ').length)
  expect(words.every((word) => text.split(' ').includes(word))).toBe(true)
  await expect(marked.first()).toHaveAttribute('title', /may be another word/)
  await expect(marked.first()).toHaveCSS('text-decoration-style', 'dotted')
  const head = page.getByRole('button', { name: /^Utterance 1, heard/ })
  await expect(head).toHaveAttribute('aria-label', `Utterance 1, heard: ${text} Heard doubtfully: ${words.join(' ')}`)
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="dictation-panel"]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  await page.reload()
  await openScan(app)
  expect(await transcripts(page)).toEqual([text])
  expect((await marked.allTextContents()).join(' ').split(' ')).toEqual(words)

  await page.getByRole('button', { name: 'Correct the text of utterance 1' }).click()
  await page.getByTestId('edit-field').fill('No effusion.')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('heard-text')).toHaveText('No effusion.')
  await expect(marked).toHaveCount(0)
  await page.getByTestId('undo-change').click()
  await expect(page.getByTestId('heard-text')).toHaveText(text)
  await expect(marked.first()).toBeVisible()
})
