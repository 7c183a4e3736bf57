import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { writeSyntheticNifti } from '../../src/domain/volume/testing/syntheticNifti.ts'

const MODELS = resolve(import.meta.dirname, '../../fixtures/models')

const readManifest = () => JSON.parse(readFileSync(resolve(MODELS, 'tiny-typed/manifest.json'), 'utf8'))

/** What the pack's manifest is changed to. */
type Change = (manifest: ReturnType<typeof readManifest>) => object

/**
 * Offers one pack alone: random weights with a text tower, a classifier, and a library kept as a table whose cases lie as
 * files in a folder of this server.
 */
export async function offerTypedPack(page: Page, change: Change = (manifest) => manifest): Promise<void> {
  await page.route('**/models/packs.json', async (route) => {
    const list = await (await route.fetch()).json()
    const entry = { id: 'tiny-typed', title: 'Typed pack', line: 'Random weights, for tests.', bytes: 25_000 }
    await route.fulfill({ json: { ...list, packs: [entry] } })
  })
  await page.route(/\/models\/tiny(-typed)?\/[^/]+$/, (route) => {
    const [folder, file] = new URL(route.request().url()).pathname.split('/').slice(-2)
    if (file === 'manifest.json') return route.fulfill({ json: change(readManifest()) })
    return route.fulfill({ path: resolve(MODELS, folder, file), contentType: 'application/octet-stream' })
  })
}

/** Serves a NIfTI of any name from the library's folder of volumes; gives the paths that were asked for. */
export async function serveVolumes(page: Page): Promise<string[]> {
  const asked: string[] = []
  await page.route('**/volumes/**', (route) => {
    asked.push(new URL(route.request().url()).pathname)
    const body = Buffer.from(writeSyntheticNifti({ size: [40, 40, 30], spacingMm: [8, 8, 10] }))
    return route.fulfill({ body, contentType: 'application/octet-stream' })
  })
  return asked
}
