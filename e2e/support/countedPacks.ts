import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'

const MODELS = resolve(import.meta.dirname, '../../fixtures/models')

export interface PackFindings {
  readonly ids: readonly string[]
  readonly labels: readonly string[]
}

/** What the manifest of one of these packs calls its findings, in its order. */
export function readFindings(pack: string): PackFindings {
  const manifest = JSON.parse(readFileSync(resolve(MODELS, pack, 'manifest.json'), 'utf8'))
  const findings: { id: string; label: string }[] = manifest.findings
  return { ids: findings.map(({ id }) => id), labels: findings.map(({ label }) => label) }
}

/** Offers two packs of random weights alone: `tiny-three` and `tiny-forty`, with findings of their own. */
export async function offerCountedPacks(page: Page): Promise<void> {
  const toEntry = (id: string) => ({ id, title: id, line: 'Random weights, for tests.', bytes: 25_000 })
  await page.route('**/models/packs.json', async (route) => {
    const list = await (await route.fetch()).json()
    await route.fulfill({ json: { ...list, packs: ['tiny-three', 'tiny-forty'].map(toEntry) } })
  })
  await page.route(/\/models\/tiny(-three|-forty)?\/[^/]+$/, (route) => {
    const [folder, file] = new URL(route.request().url()).pathname.split('/').slice(-2)
    return route.fulfill({ path: resolve(MODELS, folder, file), contentType: 'application/octet-stream' })
  })
}
