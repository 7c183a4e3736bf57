import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { libraryEmbedding } from './support/ownExamples.ts'
import { cube } from './support/studies.ts'

interface LibraryFile {
  readonly cases: readonly { readonly embedding: string }[]
}

/** What the export of a library, or of the only one, saves. */
async function exported(page: Page, library = ''): Promise<LibraryFile> {
  const entry = page.getByTestId('own-library').filter({ hasText: library })
  const [download] = await Promise.all([page.waitForEvent('download'), entry.getByTestId('library-export').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

const importLibrary = (page: Page, content: object) =>
  page.getByTestId('own-library-input').setInputFiles({
    name: 'library.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  })

test('a scan is added to a library of one’s own, listed among similar cases, kept over a reload, taken to another and removed', async ({
  app,
  page,
}) => {
  await app.open()
  await app.idle()
  await page.keyboard.press('b')
  await page.getByTestId('library-name').fill('Wide hearts')
  await page.getByTestId('library-title').fill('Teaching case')
  await page.getByTestId('library-where').fill('demo button')
  await page.getByTestId('library-add').click()
  await expect(page.getByTestId('own-library')).toContainText('Wide hearts1 case')
  const file = await exported(page)
  expect(file).toMatchObject({ format: 'voxct-library', library: 'Wide hearts', cases: [{ title: 'Teaching case' }] })
  await page.keyboard.press('Escape')
  // The scan that is read is no answer to itself.
  const own = page.locator('[data-testid^="similar-case-case-"]')
  await expect(own).toHaveCount(0)

  await page.reload()
  await app.idle()
  await app.row('cardiomegaly').click()
  await expect(own).toHaveCount(1)
  await expect(own).toContainText('Yours, in Wide hearts')
  await own.click()
  await expect(page.getByTestId('comparison-title')).toContainText('Phantom')
  await page.keyboard.press('c')

  const nearest = (await app.similarCases())[0].replace('similar-case-', '')
  const other = { id: 'case-elsewhere', seed: null, studyId: 'study-elsewhere', title: 'From afar', where: 'disk 3' }
  const embedding = libraryEmbedding(nearest)
  await importLibrary(page, { ...file, library: 'Afar', cases: [{ ...file.cases[0], ...other, embedding }] })
  await own.filter({ hasText: 'From afar' }).click()
  await expect(app.notice('own-case-not-open')).toContainText('Open its files again (disk 3)')

  await page.keyboard.press('b')
  await page.getByTestId('own-library').filter({ hasText: 'Afar' }).getByTestId('library-remove').click()
  const afar = own.filter({ hasText: 'From afar' })
  await expect(afar).toHaveCount(0)
  await page.getByTestId('library-undo').click()
  await expect(afar).toHaveCount(1)
  await page.getByTestId('remove-case-elsewhere').click()
  await expect(afar).toHaveCount(0)
})

test('a case of one’s own opens beside another scan while its own is open', async ({ app, page }) => {
  await app.open()
  await app.idle()
  await page.keyboard.press('b')
  await page.getByTestId('library-add').click()
  const ofDemo = await exported(page)
  await page.keyboard.press('Escape')
  const file = cube('Doe_Jane.nii', -700, 60)
  await app.dropFiles(file)
  await expect(page.getByTestId('study-title')).toHaveText(file.name)
  await app.idle()
  await page.keyboard.press('b')
  await page.getByTestId('library-name').fill('Cubes')
  await page.getByTestId('library-add').click()
  const cubes = page.getByTestId('own-library').filter({ hasText: 'Cubes' })
  await expect(cubes).toContainText('Case 1')
  await expect(page.getByTestId('library-sheet')).not.toContainText('Doe')
  const ofCube = await exported(page, 'Cubes')
  // As near to the demo case as can be, so that it is listed.
  const near = { ...ofCube, cases: [{ ...ofCube.cases[0], embedding: ofDemo.cases[0].embedding }] }
  await importLibrary(page, near)
  await page.keyboard.press('Escape')
  await page.getByTestId('demo-button').click()
  await expect(page.getByTestId('study-title')).toContainText('Phantom')
  await app.idle()
  const first = page.locator('[data-testid^="similar-case-"]').first()
  await expect(first).toContainText('Yours, in Cubes')
  // What is told of the cube's numbers lies over the list.
  await page.getByTestId('notice').getByRole('button').click()
  await first.click()
  await expect(page.getByTestId('comparison-title')).toHaveText(file.name)
  await expect(app.notice('own-case-not-open')).toHaveCount(0)
})
