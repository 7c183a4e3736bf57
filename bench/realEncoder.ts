import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { bringPack, encodeAgain, measureNative } from './broughtPack.ts'
import { idle, openKeepingPage } from './browser.ts'
import { peakMiB } from './memory.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

const REPEATS = 3
const WHAT = 'Real encoder (160×224×224), wasm fp32'

/** Folder of the pack: where `npm run pack:astra` writes it, or wherever a person has put it. */
const namedPack = (): string =>
  resolve(process.argv[3] ?? process.env.VOXCT_ASTRA_PACK ?? resolve(import.meta.dirname, '../packs/astra'))

const LONG = 900_000

/** Loaded in, as the model page tells it: from the browser's storage, each file checked, the self-test passed before. */
async function readLoading(page: Page): Promise<string> {
  await page.reload()
  await idle(page, LONG)
  await page.getByTestId('model-chip').click()
  const text = await page.getByTestId('engine-table').locator('tbody tr').first().locator('td').nth(4).textContent()
  await page.keyboard.press('Escape')
  return text ?? ''
}

/** None, with the reason printed, where there is no pack. */
export async function measureRealEncoder(url: string): Promise<Row[]> {
  const folder = namedPack()
  if (!existsSync(resolve(folder, 'manifest.json'))) {
    const ways = 'npm run pack:astra makes it; npm run bench -- astra FOLDER or VOXCT_ASTRA_PACK=FOLDER names another'
    process.stdout.write(`skipped: ${WHAT} (no pack in ${folder}; ${ways})\n`)
    return []
  }
  const native = [measureNative(folder, 1)]
  const { page, folder: profile, close } = await openKeepingPage(`${url}/?provider=wasm`)
  await bringPack(page, folder)
  const loading = await readLoading(page)
  const runs: Awaited<ReturnType<typeof encodeAgain>>[] = []
  for (let run = 0; run < REPEATS; run++) runs.push(await encodeAgain(page))
  const memory = peakMiB(profile)
  await close()
  native.push(measureNative(folder, 1))
  const encodeMs = median(runs.map((run) => run.encodeMs))
  const peer = median(native.map(({ trunkMs, headMs }) => trunkMs + headMs))
  return [
    { what: `${WHAT}: load its sessions (1 run)`, value: loading, peer: '' },
    {
      what: `${WHAT}: preprocess the demo case`,
      value: formatMs(median(runs.map((run) => run.preprocessMs))),
      peer: '',
    },
    { what: `${WHAT}: encode`, value: formatMs(encodeMs), peer: against(encodeMs, peer, 'native onnxruntime fp32') },
    { what: `${WHAT}: peak memory of the tab`, value: `${memory.toFixed(0)} MiB`, peer: '' },
  ]
}
