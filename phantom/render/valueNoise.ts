import type { Random } from '../random.ts'

const SIZE = 32
const WRAP = SIZE - 1

/** Smooth noise in about −1…1 that changes over `periodMm`; it repeats after 32 periods. */
export type SmoothNoise = (x: number, y: number, z: number) => number

export function createSmoothNoise(random: Random, periodMm: number): SmoothNoise {
  const lattice = new Float32Array(SIZE * SIZE * SIZE)
  for (let n = 0; n < lattice.length; n++) lattice[n] = random.next() * 2 - 1
  const perMm = 1 / periodMm
  return (x, y, z) => {
    const u = x * perMm + 1024
    const v = y * perMm + 1024
    const w = z * perMm + 1024
    const iu = u | 0
    const iv = v | 0
    const iw = w | 0
    const fu = ease(u - iu)
    const fv = ease(v - iv)
    const fw = ease(w - iw)
    const a = iu & WRAP
    const b = (iu + 1) & WRAP
    const c = (iv & WRAP) * SIZE
    const d = ((iv + 1) & WRAP) * SIZE
    const e = (iw & WRAP) * SIZE * SIZE
    const f = ((iw + 1) & WRAP) * SIZE * SIZE
    const low = mix(
      mix(lattice[a + c + e], lattice[b + c + e], fu),
      mix(lattice[a + d + e], lattice[b + d + e], fu),
      fv,
    )
    const high = mix(
      mix(lattice[a + c + f], lattice[b + c + f], fu),
      mix(lattice[a + d + f], lattice[b + d + f], fu),
      fv,
    )
    return mix(low, high, fw) * 1.5
  }
}

function ease(t: number): number {
  return t * t * (3 - 2 * t)
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** Distances to the nearest two of points scattered one to a cell of `cellMm`: `edge` is small on the walls between cells. */
export interface CellSample {
  edge: number
  /** Distance to the nearest point, mm. */
  near: number
  /** 0–1, the same all over a cell. */
  tone: number
}

export type CellNoise = (x: number, y: number, z: number, sample: CellSample) => void

export function createCellNoise(random: Random, cellMm: number): CellNoise {
  const count = SIZE * SIZE * SIZE
  const jitter = new Float32Array(count * 4)
  for (let n = 0; n < jitter.length; n++) jitter[n] = random.next()
  return (x, y, z, sample) => {
    const u = x / cellMm + 1024
    const v = y / cellMm + 1024
    const w = z / cellMm + 1024
    const iu = u | 0
    const iv = v | 0
    const iw = w | 0
    let first = 1e9
    let second = 1e9
    let tone = 0
    for (let c = iw - 1; c <= iw + 1; c++) {
      for (let b = iv - 1; b <= iv + 1; b++) {
        const row = SIZE * ((b & WRAP) + SIZE * (c & WRAP))
        for (let a = iu - 1; a <= iu + 1; a++) {
          const n = ((a & WRAP) + row) * 4
          const dx = a + jitter[n] - u
          const dy = b + jitter[n + 1] - v
          const dz = c + jitter[n + 2] - w
          const d = dx * dx + dy * dy + dz * dz
          if (d < first) {
            second = first
            first = d
            tone = jitter[n + 3]
          } else if (d < second) second = d
        }
      }
    }
    sample.near = Math.sqrt(first) * cellMm
    sample.edge = (Math.sqrt(second) - Math.sqrt(first)) * cellMm
    sample.tone = tone
  }
}
