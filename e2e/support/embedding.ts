import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** The reading on screen as the app exports it. */
export async function exportReading(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

/** Embedding of the scan on screen, as the app exports it. */
export const exportedEmbedding = async (page: Page): Promise<number[]> => (await exportReading(page)).embedding

/** Cosine of two vectors of one length. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, n) => sum + value * y[n], 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
