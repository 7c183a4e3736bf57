import { isAlongLayers, toKeySources } from '../domain/keyImage/keySources.ts'
import type { StudySession } from '../session/studySession.ts'

/**
 * The key images of a study: how each was seen, and the images behind it. Their UIDs name a patient's study, and are there with identity
 * only; numbers of instances always are.
 */
export function toExportedKeyImages({ state, volume }: StudySession, isIdentified: boolean): readonly object[] {
  return state.keyImages.items.map((item) => ({
    note: item.note,
    plane: { name: item.plane, ...item.planes[item.plane] },
    slice: item.slice,
    pointLpsMm: item.pointLpsMm,
    window: item.window,
    isInverted: item.isInverted,
    colorMap: item.colorMap,
    slab: item.slab,
    framing: item.framing,
    measures: item.measureIds.flatMap((id) => {
      const at = state.measures.items.findIndex(({ measure }) => measure.id === id)
      return at < 0 ? [] : [at]
    }),
    ...(volume && {
      isOfSourcePlane: isAlongLayers(volume, item),
      sources: toKeySources(volume, item).map(({ instanceNumber, frameNumber, sopInstanceUid, sopClassUid }) => ({
        instanceNumber,
        frameNumber,
        ...(isIdentified && { sopInstanceUid, sopClassUid }),
      })),
    }),
  }))
}
