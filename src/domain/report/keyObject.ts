import { type KeyImage, toKeyLine } from '../keyImage/keyImage.ts'
import { isAlongLayers, toKeySlice, toKeySources } from '../keyImage/keySources.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE } from './codes.ts'
import { type Item, toCoded, toContainer, toImage, toText } from './contentItem.ts'
import { sourcesToReport, toEvidence, toMoment, toObserver, toSeriesModules, toStudyModules } from './modules.ts'

/** Key Object Selection Document (PS3.3 A.35.4). */
const KEY_OBJECT_CLASS = '1.2.840.10008.5.1.4.1.1.88.59'

export interface KeyObjectParts {
  readonly volume: Volume
  readonly images: readonly Pick<KeyImage, 'plane' | 'planes' | 'pointLpsMm' | 'slab' | 'window' | 'note'>[]
  readonly version: string
  readonly now: Date
  /** A new UID at each call. */
  readonly newUid: () => string
}

/** A key object refers to whole images: how one was seen, and of which plane, its line of the description says. */
function toDescription({ volume, images }: KeyObjectParts): string {
  return images
    .map((image, n) => {
      const { widthHu, centerHu } = image.window
      const across = isAlongLayers(volume, image)
        ? ''
        : ' [a plane across the images; the image at its crosshair is referred to]'
      return `${n + 1}. ${toKeyLine(image, toKeySlice(volume, image))} [W ${widthHu.toFixed(0)} C ${centerHu.toFixed(0)}]${across}`
    })
    .join('\r\n')
}

/** The document's data set by keyword (content after TID 2010 of PS3.16, title of CID 7010); `whyNoReport` must be null. */
export function toKeyObject(parts: KeyObjectParts): Item {
  const { volume, images, newUid } = parts
  const sources = sourcesToReport(volume)
  const slices = [...new Set(images.flatMap((image) => toKeySources(volume, image)))]
  const { RelationshipType: _, ...root } = toContainer(CODE.ofInterest, '2010', [
    toCoded('HAS CONCEPT MOD', CODE.language, CODE.english),
    ...toObserver(),
    toText('CONTAINS', CODE.keyDescription, toDescription(parts)),
    ...slices.map((slice) => toImage('CONTAINS', null, slice)),
  ])
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: KEY_OBJECT_CLASS,
    SOPInstanceUID: newUid(),
    ...toStudyModules(sources),
    ...toSeriesModules(parts, { modality: 'KO', number: 9200, description: 'Key images' }),
    ...toMoment(parts.now),
    CurrentRequestedProcedureEvidenceSequence: toEvidence(sources.studyUid ?? '', slices),
    ...root,
  }
}
