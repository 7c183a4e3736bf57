import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type { VoxctPage } from './app.ts'

const TINY = resolve(import.meta.dirname, '../../fixtures/models/tiny')

const readManifest = () => JSON.parse(readFileSync(resolve(TINY, 'manifest.json'), 'utf8'))

/** What the tiny pack's manifest is changed to. */
type Change = (manifest: ReturnType<typeof readManifest>) => object

/** Offers the tiny pack of random weights, whose token grid is no cube, beside the bundled ones. */
export async function offerTinyPack(
  page: Page,
  change: Change = (manifest) => manifest,
  isAlone = false,
): Promise<void> {
  await page.route('**/models/packs.json', async (route) => {
    const list = await (await route.fetch()).json()
    const tiny = { id: 'tiny', title: 'Tiny pack', line: 'Random weights, for tests.', bytes: 21_000 }
    await route.fulfill({ json: { ...list, packs: [...(isAlone ? [] : list.packs), tiny] } })
  })
  await page.route('**/models/tiny/*', (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    if (file === 'manifest.json') return route.fulfill({ json: change(readManifest()) })
    return route.fulfill({ path: resolve(TINY, file), contentType: 'application/octet-stream' })
  })
}

/** Opens with the tiny pack alone and without the demo case: for stories that ask nothing of the model, whose loading is most of their time. */
export async function openTiny(app: VoxctPage): Promise<void> {
  await offerTinyPack(app.page, undefined, true)
  await app.openEmpty()
}
