import * as v from 'valibot'
import { ORIENTATIONS } from '../domain/geometry/viewPlane.ts'
import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import { COLOR_MAPS } from '../domain/volume/colorMaps.ts'
import { slabSchema } from './measureRow.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type KeyImageRow = KeyImage & { readonly version: number }

const finite = v.pipe(v.number(), v.finite())
const positive = v.pipe(finite, v.gtValue(0))
const point = v.strictTuple([finite, finite, finite])
const viewPlane = v.object({ right: point, up: point, normal: point })
const text = v.pipe(v.string(), v.minLength(1))

/** Where it lies must be there; how it looked may be lost. */
const row = v.object({
  version: v.literal(ROW_VERSION),
  id: text,
  studyId: text,
  createdAtMs: v.pipe(finite, v.minValue(0)),
  plane: v.picklist(ORIENTATIONS),
  planes: v.object({ axial: viewPlane, sagittal: viewPlane, coronal: viewPlane }),
  pointLpsMm: point,
  window: v.object({ widthHu: positive, centerHu: finite }),
  isInverted: v.fallback(v.boolean(), false),
  colorMap: v.fallback(v.picklist(COLOR_MAPS.map(({ id }) => id)), 'grey'),
  slab: v.fallback(v.nullable(slabSchema), null),
  framing: v.fallback(v.nullable(v.object({ middleLpsMm: point, widthMm: positive, heightMm: positive })), null),
  thumbnail: v.fallback(v.nullable(v.pipe(v.string(), v.startsWith('data:image/'))), null),
  picture: v.fallback(v.nullable(v.instance(Blob)), null),
  note: v.fallback(v.string(), ''),
  measureIds: v.fallback(v.array(text), []),
})

/** The key image of a stored row, or null where it cannot be read. */
export function parseKeyImageRow(stored: unknown): KeyImage | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...image } = parsed.output
  return image
}

export const toKeyImageRow = (image: KeyImage): KeyImageRow => ({ ...image, version: ROW_VERSION })
