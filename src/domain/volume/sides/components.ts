import type { Vec3 } from '../volume.ts'

/** The connected parts of a mask. */
export interface Components {
  /** Of every cell the part it belongs to, from 1 on; 0 outside the mask. */
  readonly labels: Int32Array
  /** Cells of each part; 0 for label 0. */
  readonly sizes: readonly number[]
}

/** Cells of a mask are connected where they share a face. */
export function labelComponents(mask: Uint8Array, size: Vec3): Components {
  const labels = new Int32Array(mask.length)
  const queue = new Int32Array(mask.length)
  const sizes = [0]
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] && !labels[seed]) sizes.push(fill(seed, sizes.length, { mask, labels, queue, size }))
  }
  return { labels, sizes }
}

/** Cells of the largest part; 0 where there is none. */
export const toMost = (sizes: readonly number[]): number => sizes.reduce((most, size) => Math.max(most, size), 0)

interface Filling {
  readonly mask: Uint8Array
  readonly labels: Int32Array
  readonly queue: Int32Array
  readonly size: Vec3
}

/** Labels the part of a cell and says how many cells it has. */
function fill(seed: number, label: number, { mask, labels, queue, size: [nx, ny, nz] }: Filling): number {
  const area = nx * ny
  let end = 0
  const visit = (at: number) => {
    if (!mask[at] || labels[at]) return
    labels[at] = label
    queue[end++] = at
  }
  visit(seed)
  for (let head = 0; head < end; head++) {
    const at = queue[head]
    const x = at % nx
    const y = ((at - x) / nx) % ny
    if (x > 0) visit(at - 1)
    if (x < nx - 1) visit(at + 1)
    if (y > 0) visit(at - nx)
    if (y < ny - 1) visit(at + nx)
    if (at >= area) visit(at - area)
    if (at < area * (nz - 1)) visit(at + area)
  }
  return end
}
