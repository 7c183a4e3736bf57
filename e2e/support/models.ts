import type { Page } from '@playwright/test'
import { expect } from './app.ts'

/** The page of models, with the place for an address in view. */
export async function openModels(page: Page): Promise<void> {
  await page.getByTestId('pack-menu').click()
  await page.getByRole('menuitem', { name: 'Add a model…' }).click()
  await expect(page.getByTestId('pack-address')).toBeInViewport()
  // The dialog takes the focus when it has come; what is typed before that goes elsewhere.
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1)
}

/** Runs in the page: what lies in the storage of packs. */
export async function keptNames(): Promise<string[]> {
  const root = await navigator.storage.getDirectory()
  const packs = await root.getDirectoryHandle('packs', { create: true })
  const names: string[] = []
  for await (const name of packs.keys()) names.push(name)
  return names
}
