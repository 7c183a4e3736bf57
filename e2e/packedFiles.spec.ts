import { gzipSync } from 'node:zlib'
import { writeSyntheticNifti } from '../src/domain/volume/testing/syntheticNifti.ts'
import { expect, test } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { chestSeries, upload } from './support/series.ts'

const MEMBER_BYTES = 20_000

/** Members as bgzip writes them, and zeros behind the last. */
function packMembers(bytes: Uint8Array): Buffer {
  const members: Buffer[] = []
  for (let at = 0; at < bytes.length; at += MEMBER_BYTES) members.push(gzipSync(bytes.subarray(at, at + MEMBER_BYTES)))
  return Buffer.concat([...members, Buffer.alloc(1000)])
}

test('a .nii.gz of many members opens in the browser, whose own unpacking refuses it', async ({ app, page }) => {
  await openTiny(app)
  const volume = writeSyntheticNifti({ size: [48, 50, 52], spacingMm: [5, 5, 5] })
  const packed = packMembers(volume)
  await app.dropFiles([upload('members.nii.gz', packed)])
  await expect(page.getByText('48 × 50 × 52').first()).toBeVisible()
  await expect(app.notice('gzip-damaged')).toHaveCount(0)
  const refused = await page.evaluate(
    async (bytes) => {
      const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'))
      return await new Response(stream).arrayBuffer().then(
        () => false,
        () => true,
      )
    },
    [...packed],
  )
  expect(refused, 'the browser opens it by itself: the fallback is not needed any more').toBe(true)
})

test('a series of .dcm.gz opens in the browser', async ({ app, page }) => {
  await openTiny(app)
  await app.dropFiles(chestSeries(12).map(({ name, buffer }) => upload(`${name}.gz`, gzipSync(buffer))))
  await expect(page.getByText('64 × 64 × 12').first()).toBeVisible()
})
