import type { Page } from '@playwright/test'
import { SYNTAX, toEncapsulated } from '../src/domain/volume/testing/encapsulate.ts'
import { encodeJpegLossless } from '../src/domain/volume/testing/encodeJpegLossless.ts'
import { encodeRle } from '../src/domain/volume/testing/encodeRle.ts'
import { writeSyntheticSlice } from '../src/domain/volume/testing/syntheticDicom.ts'
import { type EncoderName, encodeWith } from '../src/viewer/dicom/testing/encoders.ts'
import { expect, test, type VoxctPage } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { type UploadedFile, upload } from './support/series.ts'

const SIDE = 64
const INTERCEPT_HU = -1024

/** A slice of one density with a dark corner, so that no codec finds nothing to do. */
const toStored = (hu: number) =>
  Uint16Array.from({ length: SIDE * SIDE }, (_, n) => (n % SIDE < 4 && n < 4 * SIDE ? -1000 : hu) - INTERCEPT_HU)

type Encode = (pixels: Uint16Array) => Promise<Uint8Array> | Uint8Array

const withLibrary =
  (name: EncoderName): Encode =>
  (pixels) =>
    encodeWith(name, { columns: SIDE, rows: SIDE, bits: 12, pixels })

const toUid = (patient: string) => `1.2.3.${[...patient].map((letter) => letter.charCodeAt(0)).join('')}`

/** Slices of given HU, 5 mm apart; `spoil` replaces a codestream. */
async function toSeries(
  patient: string,
  hus: readonly number[],
  [syntax, encode]: readonly [keyof typeof SYNTAX, Encode],
  spoil: (bytes: Uint8Array, n: number) => Uint8Array = (bytes) => bytes,
): Promise<UploadedFile[]> {
  const frames = await Promise.all(hus.map((hu) => encode(toStored(hu))))
  return frames.map((frame, n) =>
    upload(
      `${patient}-${n}.dcm`,
      writeSyntheticSlice({
        ...{ columns: SIDE, rows: SIDE, intercept: INTERCEPT_HU, positionLpsMm: [-160, -160, 5 * n] },
        ...{ seriesUid: `${toUid(patient)}.1`, sopInstanceUid: `${toUid(patient)}.1.${n + 1}`, description: patient },
        transferSyntaxUid: SYNTAX[syntax],
        elements: {
          '00100020': ['LO', patient],
          '0020000d': ['UI', toUid(patient)],
          '00280101': ['US', [12]],
          '00280102': ['US', [11]],
          '7fe00010': ['OB', toEncapsulated([spoil(frame, n)])],
        },
      }),
    ),
  )
}

const JPEG_2000 = ['jpeg2000', withLibrary('jpeg2000')] as const

/** HU under the pointer in the middle of the axial view; empty where the view tells none. */
async function readProbe(app: VoxctPage, page: Page): Promise<string> {
  await app.idle()
  const box = await page.getByTestId('viewport-axial').first().boundingBox()
  if (!box) throw new Error('the axial view has no place')
  await page.mouse.move(box.x + box.width / 2 - 20, box.y + box.height / 2)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const probe = page.getByText(/^−?\d+ HU$/).first()
  return (await probe.textContent({ timeout: 3000 }).catch(() => null)) ?? ''
}

test.beforeEach(async ({ app }) => {
  await openTiny(app)
  await app.idle()
})

test('a destroyed JPEG 2000 slice is named, and its place shows neither its neighbour nor another patient', async ({
  app,
  page,
}) => {
  const sound = await toSeries('healthy-person', [300, 310, 320, 330, 340], JPEG_2000)
  const spoil = (bytes: Uint8Array, n: number) => (n === 2 ? bytes.slice(0, 200) : bytes)
  const sick = await toSeries('damaged', [-700, -100, -400, 20, 60], JPEG_2000, spoil)
  await app.dropFiles([...sound, ...sick])
  const series = page.locator('[data-testid^="series-"]')
  await expect(series).toHaveCount(2)
  for (const title of ['healthy-person', 'damaged']) {
    await app.idle()
    await series.filter({ hasText: title }).click()
  }
  await expect(app.notice('slices-not-decoded')).toContainText(
    'damaged-2.dcm could not be decoded: the JPEG 2000 stream ends before its end marker',
  )
  await app.idle()
  await expect(page.getByTestId('slice-axial')).toHaveText('3 / 5')
  expect(['−100 HU', '310 HU', '320 HU', '330 HU']).not.toContain(await readProbe(app, page))
})

const LOSSLESS: readonly (readonly [keyof typeof SYNTAX, Encode])[] = [
  JPEG_2000,
  ['htj2k', withLibrary('htj2k')],
  ['jpegLs', withLibrary('jpegLs')],
  ['jpegXl', withLibrary('jpegXl')],
  ['jpegLossless', (pixels) => encodeJpegLossless(pixels, { columns: SIDE, bits: 12 })],
  ['rle', (pixels) => encodeRle(pixels)],
]

test('every lossless codec of the built app gives the HU that were written', async ({ app, page }) => {
  for (const [n, codec] of LOSSLESS.entries()) {
    const hu = 100 + 10 * n
    await app.dropFiles(await toSeries(`${codec[0]}-scan`, [-700, hu, -650], codec))
    await expect(page.getByTestId('patient-strip')).toContainText(`${codec[0]}-scan`)
    await app.idle()
    await expect(page.getByTestId('slice-axial')).toHaveText('2 / 3')
    expect(await readProbe(app, page), codec[0]).toBe(`${hu} HU`)
    await expect(app.notice('slices-not-decoded')).toHaveCount(0)
  }
})
