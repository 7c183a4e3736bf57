import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dotProduct } from '../../domain/embedding/embedding.ts'
import type { Manifest, TextTower } from '../../domain/model/manifest.ts'
import { configureNodeRuntime, type PackServer, servePack } from './servePack.fixture.ts'
import { TextInference } from './textInference.ts'

const ONE_THREAD = { threads: 1, note: '' }
const ignore = () => undefined

let server: PackServer
beforeAll(async () => {
  configureNodeRuntime()
  server = await servePack('fixtures/models/tiny-typed')
}, 120_000)
afterAll(() => server.close())

const withText = (change: (text: TextTower) => TextTower) => {
  const manifest: Manifest = { ...server.pack.manifest, text: change(server.pack.manifest.text as TextTower) }
  return { ...server.pack, manifest }
}

describe('TextInference on the tiny pack', () => {
  it('gives the probe the embedding that numpy gave it, and a sentence that means the same the same', async () => {
    const text = new TextInference(ONE_THREAD)
    const info = await text.load(server.pack, 'auto', ignore)
    expect(info).toMatchObject({ provider: 'wasm', variant: 'fp32', fallback: null })
    expect(info.parityCosine).toBeGreaterThan(0.999999)
    const { parity } = server.pack.manifest.text as TextTower
    const again = await text.encode('  PLEURAL effusion\nis present.')
    expect(dotProduct(again, Float32Array.from(parity.expected))).toBeCloseTo(1, 5)
    const other = await text.encode('no cardiomegaly')
    expect(dotProduct(other, again)).toBeLessThan(0.99)
    await text.unload()
    await expect(text.encode('lung')).rejects.toMatchObject({ problem: { code: 'model-not-loaded' } })
  })

  it('takes a text longer than the encoder reads, and an empty one', async () => {
    const text = new TextInference(ONE_THREAD)
    await text.load(server.pack, 'auto', ignore)
    for (const sentence of ['left lung '.repeat(500), ''])
      expect(Math.hypot(...(await text.encode(sentence)))).toBeCloseTo(1, 4)
    await text.unload()
  })

  it('refuses a tower that computes other numbers than in training', async () => {
    const turned = withText((text) => ({
      ...text,
      parity: { ...text.parity, expected: text.parity.expected.map((x) => -x) },
    }))
    await expect(new TextInference(ONE_THREAD).load(turned, 'auto', ignore)).rejects.toMatchObject({
      problem: { code: 'parity-failed', message: expect.stringContaining('text encoder') },
    })
  })

  it('refuses a tokenizer that is none, and a pack without a text tower', async () => {
    const broken = withText((text) => ({ ...text, tokenizer: text.encoder[0] }))
    await expect(new TextInference(ONE_THREAD).load(broken, 'auto', ignore)).rejects.toMatchObject({
      problem: { code: 'tokenizer-invalid' },
    })
    const { text: _, ...mute } = server.pack.manifest
    await expect(
      new TextInference(ONE_THREAD).load({ ...server.pack, manifest: mute }, 'auto', ignore),
    ).rejects.toMatchObject({ problem: { code: 'no-text-model' } })
  })
})
