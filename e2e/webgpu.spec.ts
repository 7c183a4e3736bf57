import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'

async function exportedEmbedding(page: Page): Promise<number[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8')).embedding
}

const cosine = (a: number[], b: number[]): number => {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, n) => sum + value * y[n], 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

test('WebGPU gives the embedding of wasm on the bundled pack', async ({ baseURL }) => {
  test.setTimeout(600_000)
  const args = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  await withBrowser({ args, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    await app.open('?provider=wasm')
    await app.idle()
    await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'wasm')
    const wasm = await exportedEmbedding(app.page)
    await app.open('?provider=webgpu')
    await app.idle(500_000)
    await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'webgpu')
    const webgpu = await exportedEmbedding(app.page)
    expect(webgpu).toHaveLength(wasm.length)
    expect(cosine(wasm, webgpu)).toBeGreaterThanOrEqual(0.999)
  })
})
