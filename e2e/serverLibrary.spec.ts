import { expect, test } from './support/app.ts'
import { LibraryServer } from './support/libraryServer.ts'

test('a library on the site’s server is asked once the reader agrees: what is sent is said and counted, and without it all goes on', async ({
  app,
  page,
}) => {
  const server = await LibraryServer.start()
  await server.offerTo(page)
  await app.open()
  await app.idle()
  const line = page.getByTestId('remote-line')
  const privacy = page.getByTestId('privacy')
  const there = page.getByTestId('similar-server')
  await expect(line).toContainText('Not searched: Hospital archive')
  await app.row('emphysema').click()
  await expect(page.locator('[data-testid^="similar-case-"]')).toHaveCount(12)
  await expect(privacy).toHaveText('On device · 0 bytes sent')
  expect(server.sent).toEqual([])

  await page.keyboard.press('b')
  await expect(page.getByTestId('remote-told')).toContainText('never an image, a word, a name or a filter')
  const choice = page.getByRole('switch', { name: 'Search Hospital archive, too' })
  await choice.press('Space')
  await page.keyboard.press('Escape')
  await expect(there.first()).toHaveText('On the server, in Hospital archive')
  await expect(line).toContainText('Also searched on this site’s server: Hospital archive.')
  expect(Object.keys(JSON.parse(server.sent[0])).sort()).toEqual(['count', 'embedding', 'encoder', 'format'])
  await app.row('cardiomegaly').click()
  await expect.poll(() => server.sent.length).toBe(2)
  const bytes = server.sent.join('').length.toLocaleString('en-GB')
  await expect(privacy).toContainText(`${bytes} bytes sent (the embeddings of 2 searches)`)

  server.isAway = true
  await app.row('consolidation').click()
  await expect(app.notice('library-server-away')).toContainText('Hospital archive does not answer')
  await expect(line).toContainText('Hospital archive does not answer: cases of this device alone.')
  await expect(there).toHaveCount(0)
  await expect(page.locator('[data-testid^="similar-case-"]')).toHaveCount(12)
  server.isAway = false
  await app.row('emphysema').click()
  await expect(there.first()).toBeVisible()

  await page.reload()
  await app.idle()
  await app.row('emphysema').click()
  await expect(there.first()).toBeVisible()
  await page.keyboard.press('b')
  await choice.press('Space')
  await page.keyboard.press('Escape')
  await expect(there).toHaveCount(0)
  const before = server.sent.length
  await app.row('cardiomegaly').click()
  await expect(page.getByTestId('similar-query')).toContainText('ardiomegaly')
  expect(server.sent.length).toBe(before)
  expect(app.foreignRequests).toEqual([])
  server.stop()
})
