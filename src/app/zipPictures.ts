import { strToU8, zipSync } from 'fflate'
import type { KeyImage, KeySlice } from '../domain/keyImage/keyImage.ts'

interface Pictured {
  readonly image: KeyImage
  readonly slice: KeySlice | null
  readonly png: Blob
}

/** "02-axial-097.png": names of files name nobody. */
const toName = ({ image, slice }: Pictured, n: number): string =>
  [String(n + 1).padStart(2, '0'), image.plane, slice && String(slice.number).padStart(3, '0')]
    .filter(Boolean)
    .join('-')

/** Pictures with their lines of text; PNGs are packed already, and stored as they are. */
export async function zipPictures(pictures: readonly Pictured[], text: string): Promise<Blob> {
  const files = await Promise.all(
    pictures.map(async (one, n) => [`${toName(one, n)}.png`, new Uint8Array(await one.png.arrayBuffer())] as const),
  )
  const zipped = zipSync({ ...Object.fromEntries(files), 'key-images.txt': strToU8(`${text}\n`) }, { level: 0 })
  return new Blob([zipped], { type: 'application/zip' })
}
