import type { Vec3 } from '../../volume/volume.ts'
import type { LabelBox } from './labelNote.ts'

/** Numbers of labels end here: two bytes hold them. */
const LARGEST_LABEL = 65_535
/** More labels than this name nothing that a person draws or a network finds. */
const MOST_LABELS = 1024

/** Looks through the voxels of a volume: whether all are whole numbers from 0 on, few enough to be labels, and where they lie. */
export class LabelSurvey {
  readonly #isSeen = new Uint8Array(LARGEST_LABEL + 1)
  #count = 0
  #voxels = 0
  #hasBackground = false
  #from: [number, number, number] = [Infinity, Infinity, Infinity]
  #to: [number, number, number] = [-1, -1, -1]
  #isOut = false

  constructor(private readonly size: Vec3) {}

  /** Values from the voxel `first` on; false once it is known to be no label map. */
  take(values: ArrayLike<number>, first: number): boolean {
    this.#voxels += values.length
    for (let n = 0; n < values.length; n++) {
      const value = values[n]
      if (value === 0) {
        this.#hasBackground = true
        continue
      }
      if (!(value > 0 && value <= LARGEST_LABEL && Number.isInteger(value))) return this.#giveUp()
      if (this.#isSeen[value] === 0) {
        this.#isSeen[value] = 1
        if (++this.#count > MOST_LABELS) return this.#giveUp()
      }
      this.#widen(first + n)
    }
    return true
  }

  /** Null for what is no label map, or ends before its last voxel. */
  get found(): { readonly count: number; readonly hasBackground: boolean; readonly box: LabelBox | null } | null {
    if (this.#isOut || this.#voxels < this.size[0] * this.size[1] * this.size[2]) return null
    const box = this.#count > 0 ? { from: this.#from, to: this.#to } : null
    return { count: this.#count, hasBackground: this.#hasBackground, box }
  }

  #giveUp(): false {
    this.#isOut = true
    return false
  }

  #widen(at: number): void {
    const [columns, rows] = this.size
    const i = at % columns
    const row = (at - i) / columns
    const j = row % rows
    const k = (row - j) / rows
    const [from, to] = [this.#from, this.#to]
    if (i < from[0]) from[0] = i
    if (i > to[0]) to[0] = i
    if (j < from[1]) from[1] = j
    if (j > to[1]) to[1] = j
    if (k < from[2]) from[2] = k
    if (k > to[2]) to[2] = k
  }
}
