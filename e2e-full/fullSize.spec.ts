import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { openKeepingPage } from '../bench/browser.ts'
import { measureDuringEncoding } from '../bench/duringEncoding.ts'
import { peakMiB, presentMiB } from '../bench/memory.ts'
import { formatMs, median } from '../bench/statistics.ts'
import { VoxctPage } from '../e2e/support/app.ts'
import { sharedFiles } from '../e2e/support/sharedData.ts'
import { speak } from '../e2e/support/speak.ts'

/*
 * CT-CLIP at full size in a real browser, by the way a researcher goes: bring the pack's folder, let it pass its
 * self-test, read a scan, cancel, speak meanwhile. Weights are random: what is shown is that it runs, right and in time.
 */

const PACK = process.env.VOXCT_FULL_PACK ?? ''
const LONG = 300_000

const print = (line: string): void => void process.stdout.write(`    ${line}\n`)

const chestFiles = (): string[] => sharedFiles('ct-lidc-idri-0314').filter((path) => path.endsWith('.dcm'))

test.skip(PACK === '', 'VOXCT_FULL_PACK names no pack: run npm run test:full')

test('a pack of CT-CLIP’s size is brought, tested, read with, cancelled and spoken beside', async ({ baseURL }) => {
  const { page, folder, close } = await openKeepingPage('about:blank')
  const app = new VoxctPage(page, new URL(baseURL ?? '').origin)
  const { id } = JSON.parse(readFileSync(`${PACK}/manifest.json`, 'utf8'))
  await app.open()
  await app.idle()

  await test.step('the folder is kept and passes its self-test', async () => {
    const startedAt = Date.now()
    await page.getByTestId('pack-folder-input').setInputFiles(PACK)
    await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', id, { timeout: LONG })
    const keptMs = Date.now() - startedAt
    await app.idle(LONG)
    print(
      `pack kept: ${formatMs(keptMs)}; loaded, self-test passed, demo case read: ${formatMs(Date.now() - startedAt)}`,
    )
    await page.keyboard.press('i')
    const cell = page.getByTestId('engine-table').getByRole('row', { name: /^CT/ }).getByRole('cell').nth(3)
    const cosine = Number.parseFloat((await cell.textContent()) ?? '')
    print(`self-test against PyTorch: cosine ${cosine}`)
    expect(cosine).toBeGreaterThanOrEqual(0.999)
    await page.keyboard.press('Escape')
  })

  await test.step('a scan of 512×512×275 is read', async () => {
    await app.dropFiles(chestFiles())
    await expect(page.getByTestId('findings-progress')).toContainText('Encoding', { timeout: LONG })
    await app.idle(LONG)
    const reading = await exported(page)
    expect(reading.model).toMatchObject({ id, provider: 'wasm', variant: 'int8' })
    expect(reading.embedding).toHaveLength(512)
    print(`preprocess ${formatMs(reading.preprocessMs)}, encode ${formatMs(reading.encodeMs)}`)
    const peak = peakMiB(folder)
    print(`peak memory of the tab ${peak.toFixed(0)} MiB`)
    expect(peak).toBeLessThanOrEqual(3 * 1024)
  })

  await test.step('a cancelled reading gives its memory back and can be asked for again', async () => {
    await page.getByTestId('demo-button').first().click()
    await expect(page.getByTestId('findings-progress')).toContainText(/Encoding.*[1-9]\d?%/s, { timeout: LONG })
    const before = presentMiB(folder)
    await page.getByTestId('findings-progress').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByTestId('encode-again')).toBeVisible()
    await expect.poll(() => presentMiB(folder), { timeout: 60_000 }).toBeLessThan(before - 300)
    print(`memory of the tab ${before.toFixed(0)} MiB, after the cancel ${presentMiB(folder).toFixed(0)} MiB`)
    await page.getByTestId('encode-again').click()
    await app.idle(LONG)
  })

  await test.step('an utterance is answered while a scan is encoded', async () => {
    const wav = speak('full-size', 'There is a small left pleural effusion.', { padSeconds: 0.5 })
    const times = await measureDuringEncoding(page, { wav, repeats: 3, timeoutMs: LONG })
    const [idleMs, duringMs] = [median(times.idleMs), median(times.duringMs)]
    print(`end of utterance to panel: ${formatMs(idleMs)} idle, ${formatMs(duringMs)} while encoding`)
    print(`frames while encoding: p95 ${formatMs(times.frameGapP95Ms)}, longest ${formatMs(times.longestFrameGapMs)}`)
    expect(times.duringMs.length).toBeGreaterThan(0)
  })

  await test.step('it is there on the next visit, without another self-test', async () => {
    const startedAt = Date.now()
    await page.reload()
    await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', id, { timeout: LONG })
    await app.idle(LONG)
    print(`next visit: ${formatMs(Date.now() - startedAt)} until the demo case is read`)
  })

  expect(app.foreignRequests).toEqual([])
  await close()
})

/** The reading as the app exports it. */
async function exported(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}
