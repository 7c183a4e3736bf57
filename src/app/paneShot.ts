import { toOrientationLetters } from '../domain/geometry/viewPlane.ts'
import { type KeySlice, type SeenImage, toSeenOblique } from '../domain/keyImage/keyImage.ts'
import type { Pane } from '../domain/layout/layout.ts'
import { toObliqueText } from '../domain/layout/obliqueText.ts'
import { toPaneCaption } from '../domain/layout/paneCaption.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import { toColors } from '../domain/volume/colorMaps.ts'
import { selectActivePane } from '../state/layoutSelectors.ts'
import { selectStudyOf } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'

const FONT_PX = 12
const LINE_PX = 16
const INSET_PX = 6

function write(picture: HTMLCanvasElement, lines: readonly string[], letters: Readonly<Record<string, string>>): void {
  const context = picture.getContext('2d')!
  const unit = globalThis.devicePixelRatio
  const [width, height] = [picture.width / unit, picture.height / unit]
  context.setTransform(unit, 0, 0, unit, 0, 0)
  context.font = `${FONT_PX}px system-ui, sans-serif`
  const put = (text: string, x: number, y: number, color: string, align: CanvasTextAlign) => {
    Object.assign(context, { textAlign: align, textBaseline: 'middle', lineWidth: 3, strokeStyle: 'rgb(0 0 0 / 0.8)' })
    context.strokeText(text, x, y)
    context.fillStyle = color
    context.fillText(text, x, y)
  }
  for (const [n, line] of lines.entries()) put(line, INSET_PX, INSET_PX + LINE_PX * (n + 0.5), '#e8edf2', 'left')
  put(letters.left, INSET_PX, height / 2, '#f2d58f', 'left')
  put(letters.right, width - INSET_PX, height / 2, '#f2d58f', 'right')
  put(letters.top, width / 2, INSET_PX + LINE_PX / 2, '#f2d58f', 'center')
  put(letters.bottom, width / 2, height - INSET_PX - LINE_PX / 2, '#f2d58f', 'center')
}

/** A pane as it looks, with its caption; with the name of the patient only where that is asked for. Null while nothing is drawn there. */
export async function drawPane(
  store: AppStore,
  viewers: Viewers,
  { pane, isIdentified }: { readonly pane: Pane; readonly isIdentified: boolean },
): Promise<HTMLCanvasElement | null> {
  const picture = await viewers[pane.study].toPicture(pane.id, toColors(store.get().view))
  if (!picture) return null
  const { ownWindows, windowWidthHu, windowCenterHu, planes } = store.get().view
  const { widthHu, centerHu } = ownWindows[pane.id] ?? { widthHu: windowWidthHu, centerHu: windowCenterHu }
  const lines = toPaneCaption({
    plane: pane.plane,
    oblique: toObliqueText(pane.plane, planes[pane.plane]),
    slice: store.readout.getState().viewers[pane.study].slices[pane.id],
    widthHu,
    centerHu,
    named: isIdentified ? selectStudyOf(store.get(), pane.study) : null,
  })
  if (!store.get().view.isBare) write(picture, lines, toOrientationLetters(planes[pane.plane]))
  return picture
}

/** The active pane as a PNG. */
export async function shootPane(store: AppStore, viewers: Viewers, isIdentified: boolean): Promise<Blob | null> {
  const pane = selectActivePane(store.get())
  const picture = await drawPane(store, viewers, { pane, isIdentified })
  return picture && new Promise((resolve) => picture.toBlob(resolve, 'image/png'))
}

/** A picture that was kept of a pane, with the caption that belongs to it, as a PNG. `named`: whom the caption names; null: nobody. */
export async function captionSeen(
  kept: Blob,
  image: SeenImage,
  slice: KeySlice | null,
  named: OpenStudy | null,
): Promise<Blob> {
  const { plane, planes, window } = image
  const bitmap = await createImageBitmap(kept)
  const picture = document.createElement('canvas')
  Object.assign(picture, { width: bitmap.width, height: bitmap.height })
  picture.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  write(
    picture,
    toPaneCaption({ plane, oblique: toSeenOblique(image), slice: slice ?? undefined, ...window, named }),
    toOrientationLetters(planes[plane]),
  )
  return new Promise((resolve) => picture.toBlob((png) => resolve(png ?? kept), 'image/png'))
}
