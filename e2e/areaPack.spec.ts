import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { offerAreaPack, phantomFile } from './support/areaPack.ts'
import { cosine, exportedEmbedding } from './support/embedding.ts'
import { sharedFiles } from './support/sharedData.ts'

async function exportByKey(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

/** Counts of nothing, and numbers that are none. */
const EMPTY_COUNTS = /\b0 of 0\b|\bNone of\b|\b0 findings\b|\bNaN\b|undefined|null/

test('a pack that names no finding lists the scan itself first, says what it cannot do, and leaves no empty list', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000)
  await offerAreaPack(page)
  await app.open('?provider=wasm')
  await app.idle()
  await app.dropFiles(phantomFile(4_000_003))
  await app.idle()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'wasm')

  const panel = page.getByTestId('findings-panel')
  await expect(panel.getByTestId('names-nothing')).toContainText('This model names no finding.')
  await expect(panel.getByTestId('names-nothing')).toContainText('docs/ON-YOUR-ARCHIVE.md')
  await expect(panel.locator('[data-testid^="finding-row-"]')).toHaveCount(0)
  await expect(panel.getByRole('radiogroup')).toHaveCount(0)

  const similar = page.getByTestId('similar-panel')
  expect(await app.similarCases()).toHaveLength(6)
  expect((await app.similarCases())[0]).toBe('similar-case-scan-4000003')
  const cosines = await similar
    .locator('[data-cosine]')
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-cosine'))))
  expect(cosines[0]).toBeGreaterThan(0.9999)
  expect(cosines[1]).toBeLessThan(0.95)
  await expect(similar).toContainText('6 of the library’s 6 cases')
  await expect(page.getByTestId('typed-query')).toHaveCount(0)
  await expect(page.getByTestId('no-speech-model')).toBeVisible()
  await expect(page.getByTestId('app-shell')).not.toContainText(EMPTY_COUNTS)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  const exported = await exportByKey(page)
  expect(exported.findings).toEqual([])
  expect(exported.model).toMatchObject({ id: 'tiny-area', namesFindings: false, variant: 'fp32' })
  expect(exported.embedding).toHaveLength(4)
  expect(exported.similar.cases[0].id).toBe('scan-4000003')

  await page.keyboard.press(']')
  await page.keyboard.press('h')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('next finding')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByTestId('model-chip').click()
  await expect(page.getByTestId('model-page')).not.toContainText(EMPTY_COUNTS)
  await expect(page.getByTestId('engine-table')).toContainText('Speechnone in this model')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await similar.getByRole('button', { name: /Phantom 4000001/ }).click()
  await app.idle()
  await expect(page.getByTestId('app-shell')).toContainText('Phantom 4000001')
})

test('encoding a real chest shows how far it is, ends when it is cancelled, and can be asked for again', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000)
  const files = sharedFiles('ct-lidc-idri-0314').filter((path) => path.endsWith('.dcm'))
  await offerAreaPack(page)
  await app.open('?provider=wasm')
  await app.idle()
  // The scan may be read within a second: it is cancelled as soon as it can be.
  const told = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const observer = new MutationObserver(() => {
          const progress = document.querySelector<HTMLElement>('[data-testid="findings-progress"]')
          const cancel = progress?.querySelector('button')
          if (!cancel || !progress?.textContent?.includes('for the model')) return
          observer.disconnect()
          resolve(progress.textContent)
          cancel.click()
        })
        observer.observe(document.body, { subtree: true, childList: true })
      }),
  )
  await app.dropFiles(files)
  expect(await told).toContain('Preparing the scan for the model')
  await expect(page.getByTestId('encode-again')).toBeVisible()
  expect(await app.similarCases()).toEqual([])
  await page.getByTestId('encode-again').click()
  await app.idle(120_000)
  expect(await app.similarCases()).toHaveLength(6)
  await expect(page.getByTestId('names-nothing')).toContainText('Below are the scans')
})

test('its parts, cut for the limits of WebGPU, give there what they give on wasm', async ({ baseURL }) => {
  test.setTimeout(300_000)
  const args = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  await withBrowser({ args, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    const { page } = app
    await offerAreaPack(page)
    const readOn = async (provider: 'wasm' | 'webgpu') => {
      await app.open(`?provider=${provider}`)
      await app.idle(200_000)
      await expect(page.getByTestId('model-chip')).toHaveAttribute('data-provider', provider)
      return exportedEmbedding(page)
    }
    expect(cosine(await readOn('webgpu'), await readOn('wasm'))).toBeGreaterThan(0.9999)
  })
})
