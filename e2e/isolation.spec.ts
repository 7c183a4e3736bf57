import { findChromium } from '../scripts/chromium.ts'
import { expect, test, type VoxctPage, withBrowser } from './support/app.ts'
import { chestSeries } from './support/series.ts'

/** A scan to be read by eye. */
async function dropChest(app: VoxctPage): Promise<void> {
  await app.dropFiles(chestSeries(40))
  await expect(app.page.getByText('64 × 64 × 40').first()).toBeVisible()
  await app.idle()
}

const PACK = '**/models/phantom-mini'

/** Serves a changed answer for some files of the app, as a broken installation would. */
test.describe('a broken pack', () => {
  const cases = [
    { name: 'missing', code: 'model-missing', answer: { status: 404, body: 'not found' } },
    {
      name: 'an HTML page',
      code: 'model-html',
      answer: { status: 200, contentType: 'text/html', body: '<!doctype html><p>Welcome' },
    },
    {
      name: 'cut off',
      code: 'model-cut-off',
      answer: { status: 200, contentType: 'application/octet-stream', body: 'abc' },
    },
  ]
  for (const { name, code, answer } of cases) {
    test(`whose CT trunk is ${name} is named, and the scan can still be read by eye`, async ({ app, page }) => {
      await page.route(`${PACK}/*trunk*.onnx`, (route) => route.fulfill(answer))
      await app.openEmpty()
      await expect(app.notice(code)).toContainText('trunk')
      await dropChest(app)
      expect((await app.pixelStatistics('axial')).deviation).toBeGreaterThan(20)
    })
  }

  test('of the right length with wrong bytes is named as corrupt', async ({ app, page }) => {
    await page.route(`${PACK}/*trunk*.onnx`, async (route) => {
      const body = await (await route.fetch()).body()
      body[body.length >> 1] ^= 0xff
      await route.fulfill({ body, contentType: 'application/octet-stream' })
    })
    await app.openEmpty()
    await expect(app.notice('model-corrupt')).toContainText('trunk')
  })

  test('whose manifest is not valid is refused with the field that is wrong', async ({ app, page }) => {
    await page.route(`${PACK}/manifest.json`, async (route) => {
      const manifest = await (await route.fetch()).json()
      await route.fulfill({ json: { ...manifest, clinical: true } })
    })
    await app.openEmpty()
    await expect(app.notice('manifest-invalid')).toContainText('clinical')
  })

  test('whose speech encoder is missing leaves the CT panel working', async ({ app, page }) => {
    await page.route(`${PACK}/*speech*.onnx`, (route) => route.fulfill({ status: 404, body: 'not found' }))
    await app.open()
    await expect(app.notice('model-missing')).toContainText('speech')
    await app.idle()
    await app.probabilities()
  })
})

test('without cross-origin isolation one thread still fills the panel, and the model line says so', async ({
  app,
  page,
  baseURL,
}) => {
  await page.route(`${baseURL}/`, async (route) => {
    const response = await route.fetch()
    const headers = response.headers()
    delete headers['cross-origin-opener-policy']
    delete headers['cross-origin-embedder-policy']
    await route.fulfill({ response, headers })
  })
  await app.open()
  await app.idle()
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
  await app.probabilities()
  // How the model runs is told by the tooltip and the model page; the bar has its name and a light.
  const chip = page.getByTestId('model-chip')
  await expect(chip).not.toContainText('thread')
  await chip.hover()
  await expect(page.getByRole('tooltip')).toContainText('1 thread')
})

test('a software WebGPU adapter counts as no GPU until it is chosen', async ({ baseURL }) => {
  const args = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  await withBrowser({ args, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    await app.openEmpty()
    await app.idle()
    await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-provider', 'wasm')
    await app.page.getByTestId('model-chip').click()
    await expect(app.page.getByRole('dialog')).toContainText(/software/i)
  })
})

test('a denied microphone is named with the next step, and the scan stays', async ({ baseURL }) => {
  const args = ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
  await withBrowser({ args, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    await app.openEmpty()
    await dropChest(app)
    await app.page.keyboard.press('m')
    await expect(app.notice('microphone-denied')).toBeVisible()
    await app.showEvidence()
    await app.probabilities()
  })
})

test('a machine without a microphone is told so', async ({ app, page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
  })
  await app.openEmpty()
  await dropChest(app)
  await page.keyboard.press('m')
  await expect(page.getByTestId('mic-problem')).toHaveAttribute('data-code', 'microphone-missing')
  await expect(page.getByTestId('mic-problem')).toContainText('Connect one')
})
