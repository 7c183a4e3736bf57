import { type SyntheticSlice, writeSyntheticSlice } from '../../src/domain/volume/testing/syntheticDicom.ts'

export interface UploadedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export const upload = (name: string, bytes: Uint8Array): UploadedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
})

const SIZE = 64
const INTERCEPT_HU = -1024

/** Stored values of a slice through a crude chest: air round a soft-tissue ellipse with two lungs. */
function toStored(): number[] {
  return Array.from({ length: SIZE * SIZE }, (_, n) => {
    const [x, y] = [(n % SIZE) / SIZE - 0.5, Math.floor(n / SIZE) / SIZE - 0.5]
    const isBody = (x / 0.45) ** 2 + (y / 0.32) ** 2 < 1
    const isLung = ((Math.abs(x) - 0.2) / 0.14) ** 2 + (y / 0.24) ** 2 < 1
    return (isLung ? -850 : isBody ? 40 : -1000) - INTERCEPT_HU
  })
}

/** A series of `count` slices, 5 mm apart, 64 × 64; `skip` leaves slices out. SOP instance UIDs go on from that of `part`. */
export function chestSeries(count: number, part: SyntheticSlice = {}, skip: readonly number[] = []): UploadedFile[] {
  const stored = toStored()
  return Array.from({ length: count }, (_, n) => n)
    .filter((n) => !skip.includes(n))
    .map((n) => {
      const slice = { columns: SIZE, rows: SIZE, stored, intercept: INTERCEPT_HU, ...part }
      const uid = `${part.sopInstanceUid ?? part.seriesUid ?? '1.2.3.4'}.${n + 1}`
      return upload(
        `${part.description ?? 'chest'}-${count - n}.dcm`,
        writeSyntheticSlice({ positionLpsMm: [-160, -160, 5 * n], ...slice, sopInstanceUid: uid }),
      )
    })
}
