import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'

export type OverlayActions = Pick<
  Actions,
  'toggleOverlays' | 'toggleSegment' | 'showSegment' | 'setOverlayOpacity' | 'closeOverlay' | 'layLabelsOver'
>

/** What a person does with segmentations over a study. */
export const createOverlayActions = ({
  reading: { overlays, labelMaps },
}: {
  readonly reading: Reading
}): OverlayActions => ({
  toggleOverlays: () => overlays.toggleAll(),
  toggleSegment: (id) => overlays.toggle(id),
  showSegment: (id) => overlays.jump(id),
  setOverlayOpacity: (opacity) => overlays.setOpacity(opacity),
  closeOverlay: (id) => overlays.close(id),
  layLabelsOver: (seriesId) => void labelMaps.layOver(seriesId),
})
