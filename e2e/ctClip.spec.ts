import { findChromium } from '../scripts/chromium.ts'
import { expect, test, type VoxctPage, withBrowser } from './support/app.ts'
import { cosine, exportedEmbedding } from './support/embedding.ts'
import { makeReducedPack } from './support/reducedPack.ts'

/** At reduced size there are 216 tokens: a single one that is given another code moves the embedding by 0.0007. */
const COARSE = 0.98

/** Runs the pack in one precision on one provider; what the demo case is to it. */
async function readDemo(app: VoxctPage, provider: 'wasm' | 'webgpu', precision: string): Promise<number[]> {
  await app.open(`?provider=${provider}`)
  await app.idle(300_000)
  await app.page.getByTestId('model-chip').click()
  await app.page
    .getByRole('radiogroup', { name: 'Precision of the encoders' })
    .getByText(precision, { exact: true })
    .click()
  await app.page.keyboard.press('Escape')
  await app.idle(300_000)
  const chip = app.page.getByTestId('model-chip')
  await expect(chip).toHaveAttribute('data-provider', provider)
  await expect(chip).toHaveAttribute('data-variant', precision)
  return exportedEmbedding(app.page)
}

test('a CT-CLIP checkpoint becomes a pack that gives one embedding in int8 on wasm and in fp32 and q8 on WebGPU', async ({
  baseURL,
}) => {
  test.setTimeout(900_000)
  const pack = makeReducedPack()
  const args = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  await withBrowser({ args, executablePath: findChromium(), baseURL: baseURL ?? '' }, async (app) => {
    await app.open('?provider=wasm')
    await app.idle()
    await app.page.getByTestId('pack-folder-input').setInputFiles(pack)
    await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-pack', 'ct-clip-reduced')
    await app.idle(300_000)
    expect(await app.rowOrder()).toHaveLength(18)
    const exact = await readDemo(app, 'wasm', 'fp32')
    expect(cosine(exact, await readDemo(app, 'wasm', 'int8'))).toBeGreaterThanOrEqual(COARSE)
    expect(cosine(exact, await readDemo(app, 'webgpu', 'fp32'))).toBeGreaterThanOrEqual(0.999)
    expect(cosine(exact, await readDemo(app, 'webgpu', 'q8'))).toBeGreaterThanOrEqual(COARSE)
  })
})
