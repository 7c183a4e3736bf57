import type { Vec3 } from '../volume.ts'
import type { CoarseGrid } from './coarseGrid.ts'
import { labelComponents, toMost } from './components.ts'

/** Halfway between air and tissue, so that a cell's border lies where the organ's does. */
const AIR_BELOW_HU = -500
/** Lung of the emptiest kind (emphysema) lies at −930 HU; gas of stomach and bowel lies at −1000. */
const GAS_BELOW_HU = -955
/** Of the largest part of the lungs; less is a gas bubble or a blind end. */
const SMALLEST_LUNG_PART = 0.1

/** What lies where, in cells. */
export interface Trunk extends CoarseGrid {
  /** 1 inside the skin of the largest thing of each axial layer: arms and table are left out where they lie apart. */
  readonly inside: Uint8Array
  /** 1 in the lungs, with the air in and beside them. */
  readonly lung: Uint8Array
}

export function findTrunk({ size, hu }: CoarseGrid): Trunk {
  const [nx, ny, nz] = size
  const inside = new Uint8Array(hu.length)
  for (let z = 0; z < nz; z++) {
    const layer = hu.subarray(z * nx * ny, (z + 1) * nx * ny)
    inside.set(keepLargest(fillSkin(layer, nx, ny), [nx, ny, 1]), z * nx * ny)
  }
  return { size, hu, inside, lung: findLungs(hu, inside, size) }
}

/** HU of lung, not of air or of the foam that a patient lies on. */
const LUNG_HU = [-920, -560] as const
/** Lung that is open to the outside, of all that is not. */
const LARGEST_OPEN_SHARE = 0.1

/** Whether the field of view ends within the lungs, which then lie open. */
export function isCut({ size: [nx, ny], hu, inside, lung }: Trunk): boolean {
  const steps = [0, 1, -1, nx, -nx, nx * ny, -nx * ny]
  const isOpenLung = (at: number) =>
    !inside[at] && steps.every((step) => hu[at + step] > LUNG_HU[0] && hu[at + step] < LUNG_HU[1])
  const count = (test: (at: number) => boolean) => lung.reduce((sum, _, at) => (test(at) ? sum + 1 : sum), 0)
  return count(isOpenLung) > LARGEST_OPEN_SHARE * count((at) => lung[at] === 1)
}

function toMask(length: number, test: (at: number) => boolean): Uint8Array {
  const mask = new Uint8Array(length)
  for (let at = 0; at < length; at++) if (test(at)) mask[at] = 1
  return mask
}

/** 1 where air from the layer's edge does not reach. By layers, since in space it reaches the lungs through the mouth. */
function fillSkin(layer: Float32Array, nx: number, ny: number): Uint8Array {
  const air = toMask(layer.length, (at) => !(layer[at] >= AIR_BELOW_HU))
  const { labels, sizes } = labelComponents(air, [nx, ny, 1])
  const isOpen = new Uint8Array(sizes.length)
  for (let at = 0; at < labels.length; at++) {
    const x = at % nx
    if (x === 0 || x === nx - 1 || at < nx || at >= nx * (ny - 1)) isOpen[labels[at]] = 1
  }
  return toMask(labels.length, (at) => labels[at] === 0 || !isOpen[labels[at]])
}

/** All of them where several are equally large, so that the order of cells decides nothing. */
function keepLargest(mask: Uint8Array, size: Vec3): Uint8Array {
  const { labels, sizes } = labelComponents(mask, size)
  const most = toMost(sizes)
  return toMask(labels.length, (at) => labels[at] > 0 && sizes[labels[at]] === most)
}

function findLungs(hu: Float32Array, inside: Uint8Array, size: Vec3): Uint8Array {
  const air = toMask(hu.length, (at) => inside[at] === 1 && hu[at] < AIR_BELOW_HU)
  const { labels, sizes } = labelComponents(air, size)
  const isGas = findGas(hu, labels, sizes.length, size)
  const lungs = sizes.map((cells, label) => (isGas[label] ? 0 : cells))
  const least = Math.max(1, SMALLEST_LUNG_PART * toMost(lungs))
  return toMask(labels.length, (at) => lungs[labels[at]] >= least)
}

/** By the cells whose neighbours are air too: at its rim gas is mixed with tissue and looks like lung. */
function findGas(hu: Float32Array, labels: Int32Array, count: number, [nx, ny]: Vec3): boolean[] {
  const steps = [1, -1, nx, -nx, nx * ny, -nx * ny]
  const sums = new Float64Array(count)
  const cells = new Float64Array(count)
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at]
    if (label === 0 || steps.some((step) => labels[at + step] !== label)) continue
    sums[label] += hu[at]
    cells[label]++
  }
  return Array.from(sums, (sum, label) => cells[label] === 0 || sum / cells[label] < GAS_BELOW_HU)
}
