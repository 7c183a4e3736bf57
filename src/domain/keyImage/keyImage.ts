import type { Orientation, ViewPlanes } from '../geometry/viewPlane.ts'
import { toObliqueText } from '../layout/obliqueText.ts'
import { formatSlab, type Slab } from '../slab/slab.ts'
import type { ColorMapId } from '../volume/colorMaps.ts'
import type { Vec3 } from '../volume/volume.ts'

/** What of the patient a pane shows: its middle, LPS mm, and how wide and high it is, mm. */
export interface Framing {
  readonly middleLpsMm: Vec3
  readonly widthMm: number
  readonly heightMm: number
}

/** How an image looked when it was marked. */
export interface SeenImage {
  readonly plane: Orientation
  /** The planes that panes of each orientation lay in. */
  readonly planes: ViewPlanes
  /** The crosshair, which stood on the slice, LPS mm. */
  readonly pointLpsMm: Vec3
  readonly window: { readonly widthHu: number; readonly centerHu: number }
  readonly isInverted: boolean
  readonly colorMap: ColorMapId
  readonly slab: Slab | null
  readonly framing: Framing | null
  /** A small JPEG as an address, and the whole as a PNG; neither names anybody. Null where none could be made. */
  readonly thumbnail: string | null
  readonly picture: Blob | null
}

/** An image of a study that a reader has marked as telling. */
export interface KeyImage extends SeenImage {
  readonly id: string
  /** The salted id of the study. */
  readonly studyId: string
  readonly createdAtMs: number
  /** Why it is one; may be empty. */
  readonly note: string
  /** Measures that lay on it. */
  readonly measureIds: readonly string[]
}

/** Where a key image lies in its study: its slice among those of its plane, and the source's number of it. */
export interface KeySlice {
  /** 1…count. */
  readonly number: number
  readonly count: number
  /** DICOM Instance Number; null where it is no slice of the source, or has none. */
  readonly instanceNumber: number | null
}

const toPlaneTitle = (plane: Orientation): string => plane[0].toUpperCase() + plane.slice(1)

/** How its plane lay that was turned; null where it lay as it is called. */
export const toSeenOblique = ({ plane, planes }: Pick<KeyImage, 'plane' | 'planes'>): string | null =>
  toObliqueText(plane, planes[plane])

type Titled = Pick<KeyImage, 'plane' | 'planes' | 'slab'>

/** "Axial 97 / 275, MIP 10 mm". */
export const toKeyTitle = (image: Titled, slice: KeySlice | null): string =>
  [
    `${toPlaneTitle(image.plane)}${slice ? ` ${slice.number} / ${slice.count}` : ''}`,
    toSeenOblique(image),
    image.slab && formatSlab(image.slab),
  ]
    .filter(Boolean)
    .join(', ')

/** One line for a report: "Key image, axial 97 / 275 (instance 179): nodule". */
export function toKeyLine(image: Titled & Pick<KeyImage, 'note'>, slice: KeySlice | null): string {
  const title = toKeyTitle(image, slice)
  const instance = slice?.instanceNumber != null ? ` (instance ${slice.instanceNumber})` : ''
  return `Key image, ${title[0].toLowerCase()}${title.slice(1)}${instance}${image.note ? `: ${image.note}` : ''}`
}
