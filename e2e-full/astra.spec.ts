import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { openKeepingPage } from '../bench/browser.ts'
import { formatMs } from '../bench/statistics.ts'
import { VoxctPage } from '../e2e/support/app.ts'

/*
 * A real encoder in a real browser on real scans: the pack is brought, altered copies of scans are opened, and what is listed
 * first is their own scan. The library has other copies of it, but not these. Crops are printed and not asserted: the mean of two
 * scans lies between them, and a crop of one may then be nearer to the other (training/RESULTS.md).
 */

const PACK = process.env.VOXCT_ASTRA_PACK ?? ''
const QUERIES = process.env.VOXCT_ASTRA_QUERIES ?? ''
const LONG = 900_000

const print = (line: string): void => void process.stdout.write(`    ${line}\n`)

test.skip(
  PACK === '' || QUERIES === '',
  'VOXCT_ASTRA_PACK and VOXCT_ASTRA_QUERIES are not set: npm run test:full says why',
)

test('altered copies of real scans are encoded on wasm with progress and find their own scan first', async ({
  baseURL,
}) => {
  const { page, close } = await openKeepingPage('about:blank')
  const app = new VoxctPage(page, new URL(baseURL ?? '').origin)
  const { id } = JSON.parse(readFileSync(`${PACK}/manifest.json`, 'utf8'))
  await app.open('?provider=wasm')
  await app.idle()
  await page.getByTestId('pack-folder-input').setInputFiles(PACK)
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', id, { timeout: LONG })
  await app.idle(LONG)
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'wasm')

  const queries = readdirSync(QUERIES).filter((name) => name.endsWith('.nii.gz'))
  expect(queries.length).toBeGreaterThanOrEqual(4)
  let [first, whole, wholeFirst] = [0, 0, 0]
  for (const name of queries) {
    const startedAt = Date.now()
    await app.dropFiles(resolve(QUERIES, name))
    await expect(page.getByTestId('findings-progress')).toContainText(/Encoding.*[1-9]\d?%/s, { timeout: LONG })
    await app.idle(LONG)
    const [best] = await app.similarCases()
    const own = name.split('--')[0]
    const found = Number(best.startsWith(`similar-case-${own}--`))
    first += found
    if (!name.includes('--cropped')) {
      whole += 1
      wholeFirst += found
    }
    print(`${name}: first ${best.replace('similar-case-', '')} (${formatMs(Date.now() - startedAt)})`)
  }
  print(`own scan first: ${first} of ${queries.length}`)
  expect(whole).toBeGreaterThanOrEqual(2)
  expect(wholeFirst).toBe(whole)
  expect(app.foreignRequests).toEqual([])
  await close()
})
