import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSlice } from './testing/syntheticDicom.ts'

const SLICES = 6
const PART = '1.2.3.'

/** Numbers 0 … below − 1 that look random and are the same in every run (a linear congruential generator). */
function createDice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What may differ between two scans; every one of them tells them apart. */
const MARKS: Readonly<Record<string, (n: number) => SyntheticSlice['elements']>> = {
  patientId: (n) => ({ '00100020': ['LO', ['ANONYMOUS', 'P-2'][n]] }),
  name: (n) => ({ '00100010': ['PN', ['Roe^R', 'Doe^J'][n]] }),
  birthDate: (n) => ({ '00100030': ['DA', ['19500101', '19600101'][n]] }),
  study: (n) => ({ '0020000d': ['UI', `1.7.${n}`] }),
  studyDate: (n) => ({ '00080020': ['DA', ['20240101', '20240202'][n]] }),
  accession: (n) => ({ '00080050': ['SH', `A${n}`] }),
  series: (n) => ({ '0020000e': ['UI', `1.8.${n}`] }),
  imageType: (n) => ({ '00080008': ['CS', ['ORIGINAL\\PRIMARY\\AXIAL', 'DERIVED\\SECONDARY\\AXIAL'][n]] }),
  frame: (n) => ({ '00200052': ['UI', `1.9.${n}`] }),
  seriesTime: (n) => ({ '00080031': ['TM', ['101500', '111500'][n]] }),
  kernel: (n) => ({ '00181210': ['SH', ['Br40', 'Bl64'][n]] }),
  folder: () => ({}),
}
const NAMES = Object.keys(MARKS)

interface Scan {
  readonly value: number
  readonly marks: readonly number[]
  readonly startMm: number
}

/** Two to four scans that differ from one another in at least one mark and lie over or between one another. */
function makeScans(dice: (below: number) => number): Scan[] {
  const likelihood = 2 + dice(6)
  const drawn = Array.from({ length: 2 + dice(3) }, () => NAMES.map(() => (dice(likelihood) === 0 ? 1 : 0)))
  const distinct = new Map(drawn.map((marks) => [marks.join(), marks]))
  return [...distinct.values()].map((marks, n) => ({ marks, value: -900 + 300 * n, startMm: dice(2) }))
}

function write({ value, marks, startMm }: Scan, scanIndex: number): File[] {
  const elements = Object.assign({}, ...NAMES.map((name, n) => MARKS[name](marks[n])))
  const folder = marks[NAMES.indexOf('folder')] === 1 ? 'cd/one' : 'cd/two'
  return Array.from({ length: SLICES }, (_, n) =>
    toFile(
      `${folder}/${100 * scanIndex + n}.dcm`,
      writeSyntheticSlice({
        stored: new Array<number>(12).fill(value + 1024),
        positionLpsMm: [0, 0, startMm + 2 * n],
        sopInstanceUid: `${PART}${n + 1}`,
        elements,
      }),
    ),
  )
}

function shuffle<T>(items: readonly T[], dice: (below: number) => number): T[] {
  const left = [...items]
  return items.map(() => left.splice(dice(left.length), 1)[0])
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'in drop %i no volume holds slices of two scans, and each scan has the id that it has alone',
  async (seed) => {
    const dice = createDice(seed)
    const written = makeScans(dice).map((scan, n) => ({ scan, files: write(scan, n) }))
    const drop = shuffle(
      written.flatMap(({ files }) => files),
      dice,
    )
    const { series } = await scanForTest(drop)
    expect(series.map((entry) => entry.summary.sliceCount)).toEqual(written.map(() => SLICES))
    const opened = await Promise.all(series.map((_, n) => openVolumeForTest(drop, n)))
    const found = opened.map(({ volume, key }) => ({ values: [...new Set(volume.hu)], ...key }))
    const alone = await Promise.all(written.map(({ files }) => openVolumeForTest(files)))
    const byValue = new Map(found.map((one) => [one.values.join(), one]))
    for (const [n, { scan }] of written.entries()) {
      expect(byValue.get(String(scan.value))).toMatchObject({ id: alone[n].key.id, content: alone[n].key.content })
    }
  },
)
