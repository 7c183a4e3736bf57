import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { toNiftiFile } from '../../phantom/niftiFile.ts'
import { createPhantomCase } from '../../phantom/phantomCase.ts'
import { renderScan } from '../../phantom/renderScan.ts'

const FOLDER = resolve(import.meta.dirname, '../../fixtures/models/tiny-area')

/** Offers one pack alone: random weights that read the foreground of a scan, name no finding, and know six phantoms. */
export async function offerAreaPack(page: Page): Promise<void> {
  await page.route('**/models/packs.json', async (route) => {
    const list = await (await route.fetch()).json()
    const entry = { id: 'tiny-area', title: 'Scans alike', line: 'Random weights, for tests.', bytes: 24_000 }
    await route.fulfill({ json: { ...list, packs: [entry] } })
  })
  await page.route('**/models/tiny-area/*', (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    return route.fulfill({ path: resolve(FOLDER, file), contentType: 'application/octet-stream' })
  })
}

/** The scan of a phantom as a file that somebody brings: nothing in it tells that the library has it. */
export function phantomFile(seed: number) {
  const { volume } = renderScan(createPhantomCase(seed))
  return { name: 'chest.nii', mimeType: 'application/octet-stream', buffer: Buffer.from(toNiftiFile(volume)) }
}
