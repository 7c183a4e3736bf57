import type { Actions } from '../commands/actions.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'
import { download } from './download.ts'
import { shootPane } from './paneShot.ts'
import { recordPane } from './paneVideo.ts'

interface PictureDeps {
  readonly store: AppStore
  readonly viewers: Viewers
}

export type PictureActions = Pick<Actions, 'copyPicture' | 'savePicture' | 'saveVideo' | 'stopVideo'>

const NOT_COPIED = {
  code: 'not-copied',
  message: 'The browser did not let the picture be copied.',
  nextStep: 'Allow this page to use the clipboard, or save the picture instead.',
}
const NOT_RECORDED = {
  code: 'not-recorded',
  message: 'The browser could not write a video of the view.',
  nextStep: 'Save single pictures of the view instead.',
}

const toName = (at: Date, extension: string): string =>
  `voxct-${at.toISOString().slice(0, 19).replace(/[:T]/g, '-')}.${extension}`

export function createPictureActions({ store, viewers }: PictureDeps): PictureActions {
  let underWay: AbortController | null = null
  const record = async (isIdentified: boolean) => {
    const mine = new AbortController()
    underWay = mine
    try {
      const video = await recordPane(store, viewers, { isIdentified, signal: mine.signal })
      if (video) download(toName(new Date(), video.extension), video.blob)
      else if (!mine.signal.aborted) store.notify(NOT_RECORDED, 'warning')
    } catch {
      store.notify(NOT_RECORDED, 'warning')
    } finally {
      underWay = null
    }
  }
  return {
    copyPicture() {
      const copied = shootPane(store, viewers, false).then(async (png) => {
        if (png) await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
      })
      void copied.catch(() => store.notify(NOT_COPIED, 'warning'))
    },
    savePicture: (isIdentified) =>
      void shootPane(store, viewers, isIdentified).then((png) => {
        if (png) download(toName(new Date(), 'png'), png)
      }),
    saveVideo(isIdentified) {
      if (!underWay) void record(isIdentified)
    },
    stopVideo: () => underWay?.abort(),
  }
}
