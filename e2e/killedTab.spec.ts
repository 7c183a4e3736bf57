import type { Browser, Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, VoxctPage, withBrowser } from './support/app.ts'
import { readLog, startReadLog, untilSpoken } from './support/readLog.ts'
import { microphoneArgs, speakStretches } from './support/speak.ts'
import { cube, transcripts, utterances } from './support/studies.ts'

/** One breath of some fifteen seconds: nothing in it is long enough to be a pause. */
const BREATH =
  'There is a large right pleural effusion and a small nodule in the left upper lobe without calcification ' +
  'and there is mild emphysema in both upper lobes while the heart is not enlarged and no pericardial effusion is seen ' +
  'and there is a small hiatal hernia'
const KILLED_AFTER_MS = 6500
/** What an utterance has from before the moment in which speech is noticed. */
const PAD_MS = 300
const SCAN = cube('killed.nii', -850, 61)

async function openScan(page: Page, origin: string): Promise<VoxctPage> {
  const app = new VoxctPage(page, origin)
  await app.openEmpty()
  await app.dropFiles(SCAN)
  await expect(page.getByTestId('study-title')).toHaveText(SCAN.name)
  await app.idle()
  return app
}

/** Ends the tab's process as the system does that has no memory left. Tells when, ms since 1970. */
async function killRenderers(browser: Browser, page: Page): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const crash = page.waitForEvent('crash')
  const killedAtMs = Date.now()
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL')
  await crash
  return killedAtMs
}

/** Lengths of the kept utterances, and how much is kept of what is being said. */
const readKept = (page: Page): Promise<{ readonly utterancesMs: number[]; readonly chunkCount: number }> =>
  page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await settle(indexedDB.open('voxct'))
    const read = database.transaction(['utterances', 'speechChunks'])
    const rows: { audio: Int16Array }[] = await settle(read.objectStore('utterances').getAll())
    const chunkCount = await settle(read.objectStore('speechChunks').count())
    database.close()
    return { utterancesMs: rows.map(({ audio }) => audio.length / 16), chunkCount }
  })

test('of what is being said when the tab is killed at most a second is lost', async ({ baseURL }) => {
  const { path, stretches } = speakStretches('killed-tab', [BREATH], 1000)
  const options = { executablePath: findChromium(), baseURL: baseURL ?? '', permissions: ['microphone'] }
  await withBrowser({ ...options, args: microphoneArgs(path) }, async ({ page, origin }, browser) => {
    await openScan(page, origin)
    await startReadLog(page)
    await page.keyboard.press('m')
    await untilSpoken(page, stretches, stretches[0].startMs + KILLED_AFTER_MS)
    await expect(utterances(page)).toHaveCount(0)
    const spokeAtMs = (await readLog(page)).find(({ microphone }) => microphone === 'speaking')?.atMs ?? Number.NaN
    const originMs = await page.evaluate(() => performance.timeOrigin)
    const killedAtMs = await killRenderers(browser, page)
    const spokenMs = PAD_MS + killedAtMs - (originMs + spokeAtMs)

    const again = await page.context().newPage()
    const app = await openScan(again, origin)
    const [text] = await transcripts(again)
    expect(text.toLowerCase()).toContain('pleural effusion')
    expect(text.toLowerCase()).not.toContain('hernia')
    await expect(again.getByTestId('recovered')).toHaveText('recovered')
    const { utterancesMs, chunkCount } = await readKept(again)
    expect(utterancesMs).toHaveLength(1)
    expect(utterancesMs[0], 'of what had been spoken').toBeGreaterThanOrEqual(spokenMs - 1000)
    expect(utterancesMs[0]).toBeLessThanOrEqual(spokenMs + 1000)
    expect(chunkCount).toBe(0)
    expect(app.foreignRequests).toEqual([])
    test.info().annotations.push({ type: 'lost', description: `${Math.round(spokenMs - utterancesMs[0])} ms` })
  })
})
