import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { cosine, exportedEmbedding } from './support/embedding.ts'

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
