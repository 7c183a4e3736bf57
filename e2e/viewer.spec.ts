import { writeSyntheticNifti } from '../src/domain/volume/testing/syntheticNifti.ts'
import { expect, test } from './support/app.ts'
import { type PictureFrame, startFrames, stopFrames } from './support/frames.ts'
import { openTiny } from './support/packs.ts'
import { upload } from './support/series.ts'

/** A cube of one density. In the lung window (−600 ± 750 HU) −900 HU is drawn as 77 and 0 HU as 230. */
const cube = (name: string, hu: number, side: number) =>
  upload(
    name,
    writeSyntheticNifti({
      size: [side, side, side],
      spacingMm: [3, 3, 3],
      writeVoxel: (view, at, _n, littleEndian) => view.setInt16(at, hu, littleEndian),
    }),
  )

const DARK = { name: 'dark.nii', hu: -900, grey: 77, side: 97 }
const BRIGHT = { name: 'bright.nii', hu: 0, grey: 230, side: 101 }
const MIDDLE = { name: 'middle.nii', hu: -450, grey: 153, side: 99 }
const toFile = ({ name, hu, side }: typeof DARK) => cube(name, hu, side)

/** Frames of one view that is on the page throughout. */
const ofView = (frames: readonly PictureFrame[], view: string) => frames.filter((frame) => frame.view === view)

test.beforeEach(async ({ app, page }) => {
  await openTiny(app)
  await app.dropFiles(toFile(DARK))
  await expect(page.locator('[data-view="axial"][data-volume-id]')).toBeVisible()
  await app.idle()
})

test('a second scan takes the place of the first in one frame: no blank, no pixels under another name', async ({
  app,
  page,
}) => {
  const host = page.locator('[data-view="axial"]')
  const darkId = await host.getAttribute('data-volume-id')
  await startFrames(page)
  await app.dropFiles(toFile(BRIGHT))
  await expect(host).not.toHaveAttribute('data-volume-id', darkId ?? '')
  await app.idle()
  const frames = await stopFrames(page)
  const brightId = await host.getAttribute('data-volume-id')
  for (const view of ['axial', 'coronal', 'sagittal']) {
    const own = ofView(frames, view)
    const wrong = own.filter(({ volumeId, mean }) => {
      const { grey } = volumeId === darkId ? DARK : BRIGHT
      return (volumeId !== darkId && volumeId !== brightId) || mean === null || Math.abs(mean - grey) > 3
    })
    expect(wrong, view).toEqual([])
    expect(
      own.some(({ isStill, volumeId }) => isStill && volumeId === darkId),
      `${view} was held`,
    ).toBe(true)
    expect(
      own.filter(({ isStill, volumeId }) => isStill && volumeId === brightId),
      view,
    ).toEqual([])
    const lines = new Set(own.filter(({ volumeId }) => volumeId === darkId).map(({ crosshair }) => crosshair))
    expect(lines.size, `${view}: the crosshair of the first scan stands still`).toBe(1)
    expect(own.at(-1), view).toMatchObject({ volumeId: brightId, isStill: false })
  }
})

test('a still answers neither to the wheel nor to a press, and the new scan starts at its centre', async ({
  app,
  page,
}) => {
  const slice = page.getByTestId('slice-axial')
  await expect(slice).toHaveText('49 / 97')
  const host = page.locator('[data-view="axial"]')
  const box = await host.boundingBox()
  if (!box) throw new Error('the axial view has no place')
  const [clientX, clientY] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(clientX, clientY)
  await expect(page.getByText('−900 HU', { exact: true })).toBeVisible()
  // The wheel turns and Shift drags the crosshair from the first held frame on, until the still is gone.
  await page.evaluate(
    (at) => {
      const view = document.querySelector<HTMLElement>('[data-view="axial"]')!
      const told = { turns: 0 }
      Object.assign(window, { voxctTurns: told })
      const turn = () => {
        if (view.querySelector('[data-overlay="still"]')) {
          view.dispatchEvent(new PointerEvent('pointermove', { shiftKey: true, clientX: 9, clientY: 9 }))
          view.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, cancelable: true, ...at }))
          told.turns++
        }
        setTimeout(turn, 4)
      }
      turn()
    },
    { clientX, clientY },
  )
  await app.dropFiles(toFile(BRIGHT))
  await expect(slice).toHaveText('51 / 101')
  await app.idle()
  await expect(slice).toHaveText('51 / 101')
  const turns = await page.evaluate(() => (window as unknown as { voxctTurns: { turns: number } }).voxctTurns.turns)
  expect(turns).toBeGreaterThan(0)
  // The pointer has rested all the while: its probe is of the scan that it now lies over.
  await expect(page.getByText('0 HU', { exact: true })).toBeVisible()
  await expect(page.getByText('−900 HU', { exact: true })).toHaveCount(0)
})

test('a scan that overtakes another on its way leaves the first in view until it is drawn itself', async ({
  app,
  page,
}) => {
  const host = page.locator('[data-view="axial"]')
  const darkId = await host.getAttribute('data-volume-id')
  await startFrames(page)
  await app.dropFiles(toFile(BRIGHT))
  await host.locator('[data-overlay="still"]').waitFor({ state: 'attached' })
  await app.dropFiles(toFile(MIDDLE))
  await expect(page.getByTestId('slice-axial')).toHaveText('50 / 99')
  await app.idle()
  const frames = ofView(await stopFrames(page), 'axial')
  const middleId = await host.getAttribute('data-volume-id')
  expect(frames.at(-1)).toMatchObject({ volumeId: middleId, isStill: false })
  expect(frames.every(({ mean }) => mean !== null)).toBe(true)
  const toGrey = (volumeId: string | null) => {
    if (volumeId === darkId) return DARK.grey
    return volumeId === middleId ? MIDDLE.grey : BRIGHT.grey
  }
  const wrong = frames.filter(({ volumeId, mean }) => Math.abs((mean ?? 0) - toGrey(volumeId)) > 3)
  expect(wrong).toEqual([])
})
