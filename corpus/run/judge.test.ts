import { expect, it } from 'vitest'
import type { Problem } from '../../src/base/result.ts'
import type { Volume } from '../../src/domain/volume/volume.ts'
import type { ExpectedScan, Item } from './expectation.ts'
import { judgeItem } from './judgeItem.ts'
import type { OpenedDrop } from './openItem.ts'

/*
 * The judge must find every fault that it is there for: each test shows it one.
 */

const SIZE = [3, 2, 4] as const
const LENGTH = SIZE[0] * SIZE[1]
const HU = Int16Array.from({ length: LENGTH * SIZE[2] }, (_, n) => n * 10)

const SCAN: ExpectedScan = {
  columns: SIZE[0],
  rows: SIZE[1],
  spacingMm: [0.7, 0.8],
  rowLps: [1, 0, 0],
  columnLps: [0, 1, 0],
  originsLpsMm: [0, 1, 2, 3].map((k) => [-10, -20, 30 + 2 * k] as const),
  huStart: 0,
  toleranceHu: 0,
  damaged: [],
  unknowable: [],
  files: [0, 1, 2, 3].map((k) => `scan/${k}.dcm`),
  layers: null,
  resampled: null,
  title: null,
  optional: false,
}

const item = (scan: Partial<ExpectedScan> = {}, part: Partial<Item> = {}): Item => ({
  id: 'made',
  kind: 'made',
  files: SCAN.files,
  expect: 'opens',
  scans: [{ ...SCAN, ...scan }],
  told: [],
  notTold: ['missing-slices'],
  recordings: [],
  hu: HU,
  contents: new Map(),
  ...part,
})

const volume = (part: Partial<Volume> = {}): Volume => ({
  id: 'made',
  size: SIZE,
  spacingMm: [0.7, 0.8, 2],
  originLpsMm: [-10, -20, 30],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  hu: HU.slice(),
  missing: [],
  ...part,
})

const say = (code: string, message: string): Problem => ({ code, message, nextStep: 'Export it again.' })

const drop = (opened: Volume | null, problems: readonly Problem[] = []): OpenedDrop => ({
  recordings: [],
  opened: opened ? [{ title: 'Chest', volume: opened, notices: problems }] : [],
  problems: opened ? [] : problems,
  titles: [],
})

/** The voxels with the layers in another order. */
const reordered = (order: readonly number[]): Int16Array =>
  Int16Array.from(order.flatMap((k) => [...HU.subarray(k * LENGTH, (k + 1) * LENGTH)]))

it('finds the source right, also where the app stacks it the other way up', () => {
  expect(judgeItem(item(), drop(volume())).verdict).toBe('right')
  const upsideDown = volume({
    hu: reordered([3, 2, 1, 0]),
    originLpsMm: [-10, -20, 36],
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, -1],
    ],
  })
  expect(judgeItem(item(), drop(upsideDown)).verdict).toBe('right')
})

it('calls swapped layers, one other number, a shift and a mirror a wrong picture', () => {
  const other = HU.slice()
  other[5] += 1
  const mirrored: Volume['directionLps'] = [
    [-1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  const wrong = [
    volume({ hu: reordered([0, 2, 1, 3]) }),
    volume({ hu: other }),
    volume({ originLpsMm: [-10.7, -20, 30] }),
    volume({ spacingMm: [0.7, 0.8, 2.5] }),
    volume({ directionLps: mirrored }),
    volume({ size: [3, 2, 5], hu: Int16Array.from([...HU, ...HU.subarray(0, LENGTH)]) }),
  ]
  expect(wrong.map((one) => judgeItem(item(), drop(one)).verdict)).toEqual(wrong.map(() => 'wrong picture'))
})

it('keeps to the tolerance that the codec has, and not a unit more', () => {
  const near = HU.map((hu) => hu + 1)
  expect(judgeItem(item({ toleranceHu: 1 }), drop(volume({ hu: near }))).verdict).toBe('right')
  expect(judgeItem(item({ toleranceHu: 1 }), drop(volume({ hu: near.map((hu) => hu + 1) }))).verdict).toBe(
    'wrong picture',
  )
})

it('lets a damaged slice be missing where it is named, and in no other way', () => {
  const lacking = volume({ missing: [2] })
  const named = say('slices-not-decoded', 'scan/2.dcm could not be decoded.')
  expect(judgeItem(item({ damaged: [2] }), drop(lacking, [named])).verdict).toBe('right')
  expect(judgeItem(item({ damaged: [2] }), drop(lacking)).verdict).toBe('lost in silence')
  expect(judgeItem(item(), drop(lacking, [named])).verdict).toBe('refused wrongly')
  const another = volume({ hu: reordered([0, 1, 1, 3]) })
  expect(judgeItem(item({ damaged: [2] }), drop(another, [named])).verdict).toBe('wrong picture')
  expect(judgeItem(item({ unknowable: [2] }), drop(another)).verdict).toBe('wrong picture')
})

it('tells what was refused rightly from what was refused wrongly, and counts words without a file', () => {
  const refusal = say('dicom-damaged', 'scan/0.dcm and 3 more files: the header is damaged.')
  expect(judgeItem(item(), drop(null, [refusal])).verdict).toBe('refused wrongly')
  expect(judgeItem(item({ optional: true }), drop(null, [refusal])).verdict).toBe('refused rightly')
  expect(judgeItem(item({ optional: true }), drop(null)).verdict).toBe('lost in silence')
  const nameless = judgeItem(item(), drop(volume(), [say('odd', 'Something is odd.')]))
  expect([nameless.verdict, nameless.nameless.length]).toEqual(['right', 1])
})

it('finds a volume where nothing can be, a word that is not said, and a false alarm', () => {
  expect(judgeItem(item({}, { scans: [] }), drop(volume())).verdict).toBe('wrong picture')
  const told = [{ names: ['scan/1.dcm'], says: 'twice', anyName: false, optional: false }]
  expect(judgeItem(item({}, { told }), drop(volume(), [say('a', 'scan/1.dcm is odd.')])).verdict).toBe('not told')
  expect(judgeItem(item({}, { told }), drop(volume(), [say('a', 'scan/1.dcm came twice.')])).verdict).toBe('right')
  expect(judgeItem(item(), drop(volume(), [say('a', 'scan/1.dcm failed (87352).')])).verdict).toBe('not told')
  const alarm = say('missing-slices', '13 slices are missing behind scan/1.dcm.')
  expect(judgeItem(item(), drop(volume(), [alarm])).verdict).toBe('false alarm')
})
