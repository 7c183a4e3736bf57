import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { loadLabels } from '../../volume/loadLabels.ts'
import { scanForTest } from '../../volume/testing/openForTest.ts'
import { type SyntheticNifti, writeSyntheticNifti } from '../../volume/testing/syntheticNifti.ts'
import type { Vec3 } from '../../volume/volume.ts'
import { sliceSegments } from '../overlaySlice.ts'
import { toFramesByLayer } from '../segmentation.ts'
import { toLabelFit } from './labelNote.ts'
import type { LabelMap } from './readLabelMap.ts'

const SIZE = [7, 6, 5] as const
/** Voxels with their labels. */
type Labelled = readonly (readonly [i: number, j: number, k: number, label: number])[]

const toIndex = (i: number, j: number, k: number): number => i + SIZE[0] * (j + SIZE[1] * k)

const write = (labelled: Labelled, options: SyntheticNifti = {}): Uint8Array<ArrayBuffer> => {
  const values = new Map(labelled.map(([i, j, k, label]) => [toIndex(i, j, k), label]))
  return writeSyntheticNifti({
    size: SIZE,
    writeVoxel: (view, at, n, le) => view.setInt16(at, values.get(n) ?? 0, le),
    ...options,
  })
}

const toFile = (name: string, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name)

async function list(bytes: Uint8Array<ArrayBuffer>, name = 'a.nii') {
  const { series } = await scanForTest([toFile(name, bytes)])
  return series[0]
}

async function open(bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<LabelMap> {
  const read = await loadLabels(await list(bytes, name))
  if (!read.ok) throw new Error(read.problem.message)
  return read.value
}

const labelAt = (map: LabelMap, originLpsMm: Vec3): number =>
  sliceSegments(map.parts[0], toFramesByLayer(map.parts[0]), () => true, {
    width: 1,
    height: 1,
    originLpsMm,
    stepXLpsMm: [1, 0, 0],
    stepYLpsMm: [0, 1, 0],
  })[0]

/** Voxels of 2 × 1.5 × 3 mm, turned by 30° about the head-feet axis: RAS mm of the index (i, j, k, 1). */
const [COS, SIN] = [Math.cos(Math.PI / 6), 0.5]
const TURNED = [
  [2 * COS, -1.5 * SIN, 0, -40],
  [2 * SIN, 1.5 * COS, 0, 25],
  [0, 0, 3, -100],
]
const toLps = (i: number, j: number, k: number): Vec3 => {
  const ras = TURNED.map(([x, y, z, t]) => x * i + y * j + z * k + t)
  return [-ras[0], -ras[1], ras[2]]
}

describe('labels lie in the patient where the affine says, RAS turned to LPS', () => {
  const voxels: Labelled = [
    [4, 1, 2, 3],
    [5, 1, 2, 3],
    [1, 4, 3, 7],
  ]
  it.each([
    ['little endian', {}],
    ['big endian', { bigEndian: true }],
    [
      'float32',
      {
        datatype: 16,
        bytesPerVoxel: 4,
        writeVoxel: (view: DataView, at: number, n: number, le: boolean) =>
          view.setFloat32(at, voxels.find(([i, j, k]) => toIndex(i, j, k) === n)?.[3] ?? 0, le),
      },
    ],
  ])('%s', async (_, options: SyntheticNifti) => {
    const map = await open(write(voxels, { sformRows: TURNED, ...options }))
    for (const [i, j, k, label] of voxels) expect(labelAt(map, toLps(i, j, k))).toBe(label)
    expect(labelAt(map, toLps(3.51, 0.51, 1.51))).toBe(3)
    for (const [i, j, k] of [
      [3.49, 1, 2],
      [4, 0.49, 2],
      [4, 1, 2.51],
      [1, 4, 2],
      [5.51, 1, 2],
    ])
      expect(labelAt(map, toLps(i, j, k))).toBe(0)
    expect(map.extents.map(({ number }) => number)).toEqual([3, 7])
    expect(map.extents[0].ml).toBeCloseTo((2 * 2 * 1.5 * 3) / 1000, 6)
    expect(labelAt(map, map.extents[1].pointLpsMm)).toBe(7)
  })

  test('packed, and with numbers above a byte', async () => {
    const map = await open(new Uint8Array(gzipSync(write([[6, 5, 4, 1000]], { sformRows: TURNED }))))
    expect(map.parts[0].bits).toBe(16)
    expect(labelAt(map, toLps(6, 5, 4))).toBe(1000)
  })
})

describe('names and colours', () => {
  const withTable = (text: string) => {
    const plain = write([
      [1, 1, 1, 1],
      [2, 2, 2, 2],
    ])
    const body = new TextEncoder().encode(text)
    const length = Math.ceil((body.length + 8) / 16) * 16
    const bytes = new Uint8Array(plain.length + length)
    bytes.set(plain.subarray(0, 352))
    bytes.set(body, 360)
    bytes.set(plain.subarray(352), 352 + length)
    const view = new DataView(bytes.buffer)
    view.setUint8(348, 1)
    view.setInt32(352, length, true)
    view.setFloat32(108, 352 + length, true)
    return bytes
  }

  test('are those of the label table that Connectome Workbench and TotalSegmentator write', async () => {
    const map = await open(
      withTable(
        '<?xml version="1.0"?><CaretExtension><VolumeInformation Index="0"><LabelTable>' +
          '<Label Key="1" Red="1" Green="0.5" Blue="0" Alpha="1"><![CDATA[lung_upper_lobe_left]]></Label>' +
          '</LabelTable></VolumeInformation></CaretExtension>',
      ),
    )
    expect(map.segments).toEqual([
      { number: 1, label: 'lung_upper_lobe_left', color: [255, 128, 0] },
      { number: 2, label: 'Label 2', color: null },
    ])
  })

  test('of a table that is cut off are left out', async () => {
    const map = await open(withTable('<Label Key="1" Red="1"'))
    expect(map.segments.map(({ label }) => label)).toEqual(['Label 1', 'Label 2'])
  })
})

describe('what is a label map', () => {
  const many = (count: number) => ({
    writeVoxel: (view: DataView, at: number, n: number, le: boolean) => view.setInt16(at, n < count ? n + 1 : 0, le),
    sformRows: TURNED,
  })
  it.each([
    ['few numbers', 'a.nii', many(32), 'sure'],
    ['more than a few', 'a.nii', many(33), 'doubtful'],
    ['more than a few, named', 'case1_seg.nii', many(33), 'sure'],
    ['more than a few, in a folder of that name', 'segmentations/heart.nii', many(33), 'sure'],
    ['few numbers, but no place', 'a.nii', { ...many(3), sformRows: undefined }, 'doubtful'],
    ['HU', 'mask.nii', {}, undefined],
    ['one negative number', 'mask.nii', { intercept: -1, slope: 1, ...many(3) }, undefined],
    ['half a number', 'mask.nii', { slope: 0.5, ...many(3) }, undefined],
    ['several volumes', 'mask.nii', { size: [7, 6, 5, 2], ...many(3) }, undefined],
    ['background alone', 'a.nii', many(0), undefined],
    ['no background', 'a.nii', { ...many(0), slope: 1, intercept: 40 }, undefined],
    ['no background, named', 'heart_mask.nii', { ...many(0), slope: 1, intercept: 40 }, 'sure'],
    ['a word within another', 'gtv_unmasked.nii', many(33), 'doubtful'],
  ])('%s', async (_, path, options, certainty) => {
    const bytes = writeSyntheticNifti({ size: SIZE, ...options } as SyntheticNifti)
    const { series } = await scanForTest([
      Object.defineProperty(toFile('a.nii', bytes), 'webkitRelativePath', { value: path }),
    ])
    expect(series[0].summary.labels?.certainty).toBe(certainty)
  })

  test('one that is cut off, or whose gzip is damaged, is none', async () => {
    const bytes = write([[1, 1, 1, 1]], { sformRows: TURNED })
    expect((await list(bytes.slice(0, 500))).summary.labels).toBeUndefined()
    const packed = new Uint8Array(gzipSync(bytes))
    packed[packed.length - 6] ^= 255
    expect((await list(packed)).summary.labels).toBeUndefined()
  })

  test('one that is named so and holds nothing is told', async () => {
    const read = await loadLabels(await list(write([]), 'lung_mask.nii'))
    expect(read.ok ? '' : read.problem.code).toBe('labels-empty')
  })

  test('a scan comes before a label map, however many slices that has', async () => {
    const scan = toFile('ct.nii', writeSyntheticNifti({ size: [8, 8, 4] }))
    const { series } = await scanForTest([toFile('seg.nii', write([[1, 1, 1, 1]])), scan])
    expect(series.map(({ summary }) => summary.title)).toEqual(['ct.nii', 'seg.nii'])
  })
})

describe('how labels lie to a scan', () => {
  const geometryOf = async (options: SyntheticNifti) => {
    const { source } = await list(writeSyntheticNifti({ size: SIZE, ...options }), 'ct.nii')
    const { toNiftiGeometry } = await import('../../volume/nifti/niftiGeometry.ts')
    return toNiftiGeometry((source as unknown as { header: Parameters<typeof toNiftiGeometry>[0] }).header)
  }
  const PLAIN = [
    [2, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
  ]
  const toFit = async (labels: readonly number[][], scan: SyntheticNifti, voxels: Labelled = [[1, 1, 1, 1]]) => {
    const { summary } = await list(write(voxels, { sformRows: labels }))
    if (!summary.labels) throw new Error('no labels')
    return toLabelFit(summary.labels, await geometryOf(scan))
  }

  test('on the same grid, also where one file has its voxels in the other order', async () => {
    expect(await toFit(PLAIN, { sformRows: PLAIN })).toBe('same-grid')
    const flipped = [
      [-2, 0, 0, 12],
      [0, -2, 0, 10],
      [0, 0, 2, 0],
    ]
    expect(await toFit(flipped, { sformRows: PLAIN })).toBe('same-grid')
  })

  test('inside a scan of another spacing, where half of the labels lie in it', async () => {
    const fine = {
      size: [40, 40, 40],
      sformRows: [
        [0.5, 0, 0, -2],
        [0, 0.5, 0, -2],
        [0, 0, 0.5, -2],
      ],
    }
    expect(await toFit(PLAIN, fine)).toBe('inside')
    const beyond: Labelled = [
      [6, 1, 1, 1],
      [5, 1, 1, 1],
    ]
    expect(await toFit(PLAIN, { size: [10, 40, 40], sformRows: fine.sformRows }, beyond)).toBe('outside')
  })
})
