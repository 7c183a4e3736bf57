import type { Told } from '../base/result.ts'
import { toProblem } from '../base/result.ts'
import type { Actions } from '../commands/actions.ts'
import type { SeenImage } from '../domain/keyImage/keyImage.ts'
import { toColors } from '../domain/volume/colorMaps.ts'
import { findWindowPreset } from '../domain/volume/windowPresets.ts'
import { toExportName } from '../flows/exportReading.ts'
import type { Reading } from '../flows/reading.ts'
import { selectActivePane, selectLayout } from '../state/layoutSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'
import { captionSeen } from './paneShot.ts'
import { toThumbnail } from './toThumbnail.ts'

export interface KeyImageDeps {
  readonly store: AppStore
  readonly reading: Reading
  readonly viewers: Viewers
  /** Of the app, for what it writes. */
  readonly version: string
  download(fileName: string, content: Blob): void
}

export type KeyImageActions = Pick<
  Actions,
  'markKeyImage' | 'showKeyImage' | 'describeKeyImage' | 'removeKeyImage' | 'saveKeyPictures' | 'saveKeyObject'
>

const NOTHING_SEEN: Told = {
  code: 'no-key-image',
  message: 'No key image was marked: the active view shows no image of the study that is read.',
  nextStep: 'Choose one of its views (V or a click), then mark again.',
}

const NO_PICTURES: Told = {
  code: 'no-key-pictures',
  message: 'None of the key images has a picture: they came without one.',
  nextStep: 'Show one and mark it again; its picture is kept with it.',
}

/** It names nobody. */
const toZipName = (studyId: string): string => toExportName(studyId, new Date()).replace('.json', '-key-images.zip')

const toPng = (picture: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => picture.toBlob(resolve, 'image/png'))

/** The active pane as it is seen at the moment; null where it shows nothing of the study that is read. */
async function see(store: AppStore, { current }: Viewers): Promise<SeenImage | null> {
  const { id, study, plane } = selectActivePane(store.get())
  const { crosshairLpsMm, slices } = store.readout.getState().viewers.current
  const { view } = store.get()
  if (study !== 'current' || !crosshairLpsMm || !slices[id]) return null
  const seen = {
    plane,
    planes: view.planes,
    pointLpsMm: crosshairLpsMm,
    window: view.ownWindows[id] ?? { widthHu: view.windowWidthHu, centerHu: view.windowCenterHu },
    isInverted: view.isInverted,
    colorMap: view.colorMap,
    slab: view.slabs[id] ?? null,
    framing: current.framing(id),
  }
  const picture = await current.toPicture(id, toColors(view))
  return { ...seen, thumbnail: picture && toThumbnail(picture), picture: picture && (await toPng(picture)) }
}

/** Brings a pane to an image as it was seen: the active one where it has the plane, else the first that has it. */
function show(store: AppStore, { current, comparison }: Viewers, image: SeenImage): void {
  const active = selectActivePane(store.get())
  const own = selectLayout(store.get()).panes.filter(({ study }) => study === 'current')
  const pane = [active, ...own].find(({ study, plane }) => study === 'current' && plane === image.plane)
  store.patch('view', { planes: image.planes, isInverted: image.isInverted, colorMap: image.colorMap })
  current.setCrosshair(image.pointLpsMm)
  if (!pane) return
  const { widthHu, centerHu } = image.window
  store.view.activate(pane.id)
  if (![null, pane.id].includes(store.get().view.maximisedPaneId)) store.view.maximise(pane.id)
  if (pane.id in store.get().view.ownWindows) store.view.setOwnWindow(pane.id, image.window)
  else {
    store.view.setWindow(findWindowPreset(widthHu, centerHu)?.id ?? null, widthHu, centerHu)
    for (const viewer of [current, comparison]) viewer.setWindow(widthHu, centerHu)
  }
  store.view.setSlab(pane.id, image.slab)
  const { framing } = image
  // A pane that has just been made large has its size with the next frame.
  if (framing) requestAnimationFrame(() => current.frame(pane.id, framing))
}

/** What a person does with key images. */
export const createKeyImageActions = ({
  store,
  reading,
  viewers,
  version,
  download,
}: KeyImageDeps): KeyImageActions => ({
  markKeyImage() {
    const { readId } = store.get().desk
    const marked = see(store, viewers).then((seen) => {
      if (seen && readId !== null) reading.keyImages.mark(readId, seen)
      else store.notify(NOTHING_SEEN, 'warning')
    })
    void marked.catch((thrown: unknown) => store.notify(toProblem(thrown, 'no-key-image'), 'error'))
  },
  showKeyImage(id) {
    const image = reading.keyImages.find(id)
    if (image) show(store, viewers, image)
  },
  describeKeyImage: (id, note) => reading.keyImages.describe(id, note),
  removeKeyImage: (id) => reading.keyImages.remove(id),
  saveKeyPictures(isIdentified) {
    const { study, keyImages } = selectRead(store.get())
    const named = isIdentified ? study : null
    const captioned = Promise.all(
      reading.keyImages.all.map(async (image) => {
        const slice = keyImages.items.find(({ id }) => id === image.id)?.slice ?? null
        return image.picture && { image, slice, png: await captionSeen(image.picture, image, slice, named) }
      }),
    )
    void captioned
      .then(async (all) => {
        const pictures = all.filter((one) => one !== null)
        if (pictures.length === 0) return store.notify(NO_PICTURES, 'warning')
        const { zipPictures } = await import('./zipPictures.ts')
        download(toZipName(study?.id ?? ''), await zipPictures(pictures, reading.keyImages.toText()))
      })
      .catch((thrown: unknown) => store.notify(toProblem(thrown, 'key-pictures-not-written'), 'error'))
  },
  saveKeyObject() {
    void reading.keyImages
      .toObject(version)
      .then((written) => {
        if (written?.ok)
          download(written.value.fileName, new Blob([written.value.bytes], { type: 'application/dicom' }))
        else if (written) store.notify(written.problem, 'warning')
      })
      .catch((thrown: unknown) => store.notify(toProblem(thrown, 'key-object-not-written'), 'error'))
  },
})
