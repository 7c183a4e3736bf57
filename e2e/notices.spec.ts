import type { Page } from '@playwright/test'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { chestSeries, upload } from './support/series.ts'

const letters = Array.from({ length: 31 }, (_, n) => upload(`letter-${n}.txt`, Buffer.from('Dear colleague')))
const damaged = (name: string) => upload(name, chestSeries(1)[0].buffer.subarray(0, 307))

/** A chest with 31 letters and one file of each of four other kinds beside it. */
async function dropAll(app: VoxctPage): Promise<void> {
  await openTiny(app)
  await app.dropFiles([
    ...chestSeries(40),
    ...letters,
    damaged('cut-header.dcm'),
    upload('empty.dcm', Buffer.alloc(0)),
    upload('packed.7z', Buffer.from('377abcaf271c0004', 'hex')),
    upload('broken.zip', Buffer.from(`504b0304${'00'.repeat(60)}`, 'hex')),
  ])
  await app.idle()
  await expect(page40(app.page)).toBeVisible()
}

const page40 = (page: Page) => page.getByText('64 × 64 × 40').first()

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]) {
  test(`at ${viewport.width} × ${viewport.height} a few kinds of notices are shown, the others folded, and none lost`, async ({
    app,
    page,
  }, info) => {
    await page.setViewportSize(viewport)
    await dropAll(app)
    await expect(page.getByTestId('notice')).toHaveCount(3)
    await page.screenshot({ path: info.outputPath('folded.png') })
    await page.getByTestId('notices-more').press('Enter')
    await expect(page.getByTestId('notice')).toHaveCount(5)
    const all = app.notice('file-not-recognised')
    await expect(all).toContainText('letter-0.txt and 30 more files')
    await all.getByTestId('notice-details').press('Enter')
    await expect(all.getByRole('listitem')).toHaveCount(31)
    await page.screenshot({ path: info.outputPath('open.png') })
    const list = await page.getByRole('region', { name: 'Notices' }).boundingBox()
    expect(list?.height).toBeLessThan(viewport.height * 0.6)
    await page.getByTestId('notices-dismiss-all').click()
    await expect(page.getByTestId('notice')).toHaveCount(0)
  })
}

test('the list of a kind is copied whole', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openTiny(app)
  await app.dropFiles(letters)
  await app.notice('file-not-recognised').getByTestId('notice-copy').click()
  await expect(app.notice('file-not-recognised').getByText('Copied')).toBeVisible()
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(lines).toHaveLength(32)
  expect(lines.slice(1)).toEqual(letters.map(({ name }) => name))
})
