import type { Page, Worker } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, type VoxctPage, withBrowser } from './support/app.ts'
import { cosine, exportedEmbedding } from './support/embedding.ts'
import { offerStagedPack } from './support/stagedPack.ts'

const GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']

async function choosePack(app: VoxctPage, id: string): Promise<void> {
  await app.page.getByTestId('pack-menu').click()
  await app.page.getByTestId(`pack-${id}`).click()
  await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-pack', id)
  await app.idle()
}

test('a trunk in parts with external data gives the embedding of the whole one', async ({ app, page }) => {
  await offerStagedPack(page)
  await app.open()
  await app.idle()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', 'tiny-staged')
  const staged = await exportedEmbedding(page)
  await choosePack(app, 'tiny')
  expect(cosine(staged, await exportedEmbedding(page))).toBeGreaterThan(0.99999)
})

/** Remembers every GPU device that an inference worker opens; the threads of its runtime wait and answer nobody. */
function rememberDevices(page: Page): Worker[] {
  const workers: Worker[] = []
  page.on('worker', (worker) => {
    if (!worker.url().includes('inference.worker')) return
    workers.push(worker)
    const patch = () => {
      if (!('GPUAdapter' in globalThis)) return
      const devices: GPUDevice[] = []
      const open = GPUAdapter.prototype.requestDevice
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await open.apply(this, args)
        devices.push(device)
        return device
      }
      Object.assign(globalThis, { openedDevices: devices })
    }
    worker.evaluate(patch).catch(() => undefined)
  })
  return workers
}

/** Ends the newest device of every worker, as a driver that crashes would; how many there were. */
async function loseDevices(workers: readonly Worker[]): Promise<number> {
  const lost = await Promise.all(
    workers.map((worker) =>
      worker
        .evaluate(() => {
          const device = (globalThis as { openedDevices?: GPUDevice[] }).openedDevices?.at(-1)
          device?.destroy()
          return device ? 1 : 0
        })
        .catch(() => 0),
    ),
  )
  return lost.reduce((sum: number, count) => sum + count, 0)
}

test('a lost GPU is replaced and the scan encoded again; lost twice, wasm takes over and says why', async ({
  baseURL,
}) => {
  test.setTimeout(300_000)
  await withBrowser({ args: GPU, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    const { page } = app
    const workers = rememberDevices(page)
    await offerStagedPack(page)
    await app.open('?provider=webgpu')
    await app.idle(200_000)
    const chip = page.getByTestId('model-chip')
    // The first device may have been opened before the worker was watched; the same worker opens another one now.
    await chip.click()
    await page.getByRole('button', { name: 'Load models again' }).click()
    await page.keyboard.press('Escape')
    await app.idle(200_000)
    await expect(chip).toHaveAttribute('data-provider', 'webgpu')
    const before = await exportedEmbedding(page)
    for (const provider of ['webgpu', 'wasm']) {
      expect(await loseDevices(workers)).toBeGreaterThan(0)
      await page.getByTestId('demo-button').first().click()
      await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'false')
      await app.idle(200_000)
      await expect(chip).toHaveAttribute('data-provider', provider)
      expect(cosine(before, await exportedEmbedding(page))).toBeGreaterThan(0.9999)
    }
    await chip.click()
    await expect(page.getByRole('dialog')).toContainText('lost twice')
  })
})
