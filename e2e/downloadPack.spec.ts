import type { Browser, Page } from '@playwright/test'
import { expect, test, VoxctPage } from './support/app.ts'
import { keptNames, openModels } from './support/models.ts'
import { LARGE_FILE, writePackFolder } from './support/packFolder.ts'
import { type PackFaults, type PackServer, servePack } from './support/packServer.ts'

test.describe.configure({ timeout: 240_000 })

const chip = (page: Page) => page.getByTestId('model-chip')

const LARGE_BYTES = 6e6

interface Served {
  readonly app: VoxctPage
  readonly page: Page
  readonly server: PackServer
}

/** The app on an origin of its own, which serves a pack with a large file as the faults say. */
async function withPackServer(
  { browser, baseURL }: { browser: Browser; baseURL: string | undefined },
  faults: PackFaults,
  story: (served: Served) => Promise<void>,
): Promise<void> {
  const folder = writePackFolder('served', { largeBytes: LARGE_BYTES })
  const server = await servePack(baseURL ?? '', folder, 'served', faults)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const app = new VoxctPage(page, server.origin)
  try {
    await story({ app, page, server })
    expect(app.foreignRequests).toEqual([])
  } finally {
    await context.close()
    server.close()
  }
}

test('an address of this site is kept; a connection that breaks goes on where it stopped', async ({
  browser,
  baseURL,
}) => {
  const faults = { cutAfter: { [LARGE_FILE]: [2e6, 1e6] } }
  await withPackServer({ browser, baseURL }, faults, async ({ app, page, server }) => {
    await app.openEmpty()
    await app.idle()
    await openModels(page)
    const address = page.getByTestId('pack-address')
    await address.fill('/brought/served/manifest.json')
    await address.press('Enter')
    await expect(app.notice('pack-added')).toBeVisible()
    await app.idle()
    await expect(chip(page)).toHaveAttribute('data-pack', 'served')
    const large = server.requests.filter(({ file }) => file === LARGE_FILE)
    expect(large.map(({ range }) => range)).toEqual([null, 'bytes=2000000-', 'bytes=3000000-'])
    expect(server.sentOf(LARGE_FILE)).toBe(LARGE_BYTES)

    const requests = server.requests.length
    await page.reload()
    await app.idle()
    await expect(chip(page)).toHaveAttribute('data-pack', 'served')
    expect(server.requests.length).toBe(requests)
  })
})

test('a download that is cancelled is offered again, and fetches only what is missing', async ({
  browser,
  baseURL,
}) => {
  const faults: PackFaults = { bytesPerSecond: 1e6 }
  await withPackServer({ browser, baseURL }, faults, async ({ app, page, server }) => {
    await app.open('?study=none&pack=brought/served/')
    const adding = page.getByTestId('adding-pack')
    await expect(adding).toContainText(`Downloading ${LARGE_FILE}`)
    await expect(adding).toContainText('/s · ')
    await page.getByTestId('cancel-adding').click()
    await expect(adding).toHaveCount(0)
    await app.idle()
    await expect(chip(page)).toHaveAttribute('data-pack', 'phantom-mini')
    const first = server.requests.length

    await app.openEmpty()
    await app.idle()
    await openModels(page)
    const unfinished = page.getByTestId('unfinished-pack-served')
    await expect(unfinished).toContainText('of 6.0')
    faults.bytesPerSecond = undefined
    await unfinished.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByTestId('kept-pack-served')).toBeVisible()
    await app.idle()
    const again = server.requests.slice(first)
    const files = again.map(({ file }) => file).filter((file) => file !== 'manifest.json')
    expect(files[0]).toBe(LARGE_FILE)
    const from = Number(/^bytes=(\d+)-$/.exec(again.find(({ file }) => file === LARGE_FILE)?.range ?? '')?.[1])
    expect(from).toBeGreaterThan(0)
    const before = server.requests.slice(0, first).map(({ file }) => file)
    expect(files.filter((file) => before.includes(file))).toEqual([LARGE_FILE])
  })
})

test('a server that does not understand ranges begins again, and the file is still right', async ({
  browser,
  baseURL,
}) => {
  const faults = { cutAfter: { [LARGE_FILE]: [2e6] }, ignoresRange: true }
  await withPackServer({ browser, baseURL }, faults, async ({ app, page, server }) => {
    await app.open('?study=none&pack=brought/served/')
    await expect(app.notice('pack-added')).toBeVisible()
    await app.idle()
    await expect(chip(page)).toHaveAttribute('data-pack', 'served')
    expect(server.sentOf(LARGE_FILE)).toBe(2e6 + LARGE_BYTES)
  })
})

test('two tabs that add the same model do not write into each other', async ({ browser, baseURL }) => {
  const faults: PackFaults = { bytesPerSecond: 1e6 }
  await withPackServer({ browser, baseURL }, faults, async ({ app, page, server }) => {
    await app.open('?study=none&pack=brought/served/')
    await expect(page.getByTestId('adding-pack')).toContainText(LARGE_FILE)
    const other = new VoxctPage(await page.context().newPage(), server.origin)
    await other.open('?study=none&pack=brought/served/')
    await expect(other.notice('pack-busy')).toBeVisible()
    faults.bytesPerSecond = undefined
    await expect(app.notice('pack-added')).toBeVisible()
    await app.idle()
  })
})

test('another site, and a model without room, are refused with the reason', async ({ browser, baseURL }) => {
  const faults: PackFaults = { bytesPerSecond: 2e6 }
  await withPackServer({ browser, baseURL }, faults, async ({ app, page, server }) => {
    await app.openEmpty()
    await app.idle()
    await openModels(page)
    const add = async (address: string) => {
      await page.getByTestId('pack-address').fill(address)
      await page.getByTestId('add-address').click()
    }
    await add('https://example.org/ct-clip/')
    await expect(app.notice('pack-other-site')).toContainText('example.org')

    const session = await page.context().newCDPSession(page)
    const setQuota = (quotaSize: number) =>
      session.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize })
    // The browser refuses in the middle, whatever it told before.
    await setQuota(3e6)
    await add('brought/served/')
    await expect(app.notice('pack-no-room')).toContainText('Pack served has 6.0')
    await expect(app.notice('pack-no-room')).toContainText('Remove a kept model')
    await expect(page.getByTestId('unfinished-pack-served')).toBeVisible()
    await page.getByTestId('discard-pack-served').click()
    await page.getByTestId('discard-pack-served-yes').click()
    await expect(page.getByTestId('unfinished-pack-served')).toHaveCount(0)
    expect(await page.evaluate(keptNames)).toEqual([])
  })
})
