import { resolve } from 'node:path'
import type { Page } from '@playwright/test'

const MODELS = resolve(import.meta.dirname, '../../fixtures/models')

/** Offers two packs of the same random weights alone: `tiny-staged`, whose trunk is cut in parts, and `tiny`. */
export async function offerStagedPack(page: Page): Promise<void> {
  const toEntry = (id: string) => ({ id, title: id, line: 'Random weights, for tests.', bytes: 21_000 })
  await page.route('**/models/packs.json', async (route) => {
    const list = await (await route.fetch()).json()
    await route.fulfill({ json: { ...list, packs: ['tiny-staged', 'tiny'].map(toEntry) } })
  })
  await page.route(/\/models\/tiny(-staged)?\/[^/]+$/, (route) => {
    const [folder, file] = new URL(route.request().url()).pathname.split('/').slice(-2)
    return route.fulfill({ path: resolve(MODELS, folder, file), contentType: 'application/octet-stream' })
  })
}
